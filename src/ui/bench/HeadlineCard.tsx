import { Progress } from '@mantine/core';
import { unreachable } from '../../core/errors.ts';
import { percent } from '../../core/format.ts';
import { runsOnNoise } from '../../core/models/model.ts';
import { modeKind } from '../../core/modes/register.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { headlineOf } from '../../core/report/headline.ts';
import { type Unsure, WANTED } from '../../core/stats/enough.ts';
import { inputNoun } from '../../state/bench/selectors.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { HeadlineSentence } from '../parts/HeadlineSentence.tsx';
import { useRaceView } from '../parts/raceView.ts';
import { fetchingText } from '../parts/transfers.ts';
import { useBusy, useRace, useTransfers } from '../parts/use.ts';
import styles from './HeadlineCard.module.css';

function phaseText({ phase, lanes }: RaceRecord): string {
  const opening = lanes.find(({ state }) => state.name === 'opening');
  switch (phase) {
    case 'opening':
      return opening ? `Starting ${laneTitle(opening.lane)}…` : 'Starting the lanes…';
    case 'cold':
      return 'First run of each lane, timed separately…';
    case 'rounds':
      return 'Racing: lanes take turns in random order.';
    case 'checking':
      return 'Checking answers against fp32 and the labels…';
    case 'done':
      return 'Done.';
    default:
      return unreachable(phase);
  }
}

/** What is not known precisely enough yet, for which the race continues. */
function unsureText({ lane: id, of, halfWidth }: Unsure, { lanes }: RaceRecord): string {
  const lane = lanes.find((one) => one.lane.id === id);
  if (!lane) return '';
  const name = laneTitle(lane.lane);
  if (!Number.isFinite(halfWidth)) return `${name} needs more rounds.`;
  const what = of === 'time' ? 'The time' : 'The speed-up';
  return `${what} of ${name} is known to ±${percent(halfWidth)} so far; the race ends at ±${percent(WANTED)}.`;
}

function RunningLine() {
  const record = useRace((state) => state.record);
  const paused = useRace(({ status }) => status.state === 'paused');
  const unsure = useRace((state) => state.unsure);
  const fetching = fetchingText(useTransfers());
  const text = paused
    ? 'Paused while this tab is hidden: browsers slow hidden tabs down.'
    : (fetching ?? (record ? phaseText(record) : 'Starting…'));
  const share = record?.phase === 'rounds' ? record.progress : record?.phase === 'checking' ? 1 : 0;
  return (
    <div className={styles['running']}>
      <p role="status">{text}</p>
      {record?.phase === 'rounds' && unsure && !paused && <p>{unsureText(unsure, record)}</p>}
      <Progress size="sm" value={share * 100} aria-label="Progress of the race" />
    </div>
  );
}

/** The answer first: the largest text of the page is what was found. */
export function HeadlineCard() {
  const status = useRace((state) => state.status);
  const view = useRaceView();
  const busy = useBusy();
  const raced = view?.record.model;
  const { asks, how } = modeKind('race');
  const headline =
    view && raced ? headlineOf(view.figures, inputNoun(raced), runsOnNoise(raced)) : null;
  return (
    <Card>
      {status.state === 'failed' && <Fault error={status.error} />}
      {headline ? (
        <HeadlineSentence headline={headline} />
      ) : status.state === 'stopped' ? (
        <p className={sentence['say']} role="status">
          {view?.record.lanes.some(({ turns }) => turns.length > 0)
            ? 'Stopped too early to compare the lanes: what was measured stands below.'
            : 'Stopped before anything was measured.'}
        </p>
      ) : (
        <>
          <p className={sentence['say']}>{busy ? 'The lanes are warming up…' : asks}</p>
          {!busy && <p className={sentence['evidence']}>{how}</p>}
        </>
      )}
      {busy && <RunningLine />}
      {headline && status.state === 'stopped' && (
        <p className={sentence['evidence']} role="status">
          Stopped early; the figures are from what was measured before that.
        </p>
      )}
    </Card>
  );
}
