import { useMemo } from 'react';
import { asTyped, clockTime, count, duration, percent, spell } from '../../../core/format.ts';
import { randomWords } from '../../../core/models/model.ts';
import { changedAnswer } from '../../../core/race/fidelity.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { Fault } from '../../../ui/parts/Fault.tsx';
import { Figures, type OneFigure } from '../../../ui/parts/Figures.tsx';
import method from '../../../ui/parts/Method.module.css';
import { MarkWrong } from '../../../ui/parts/wrongLanes.tsx';
import { type SustainedFigures, sustainedFigures } from '../core/figures.ts';
import type { SustainedFound } from '../core/found.ts';
import type { SustainedRecord, SustainedSettings } from '../core/record.ts';
import ThrottleChart from './charts/ThrottleChart.tsx';

interface SustainedViewProps {
  readonly found: SustainedFound;
  /** Whether the run has ended, however it did. */
  readonly over: boolean;
}

/** A share that rounding must not make larger than it is: counts stand beside it. */
const missShare = (share: number) => (share > 0 && share < 0.001 ? 'under 0.1%' : percent(share));

function figuresOf(
  { deadlineMs }: SustainedSettings,
  { misses, tail, busy, batch }: SustainedFigures,
  over: boolean,
): OneFigure[] {
  const timings = batch > 1 ? 'timings' : 'inferences';
  const later = over ? '–' : 'when it is over';
  return [
    {
      id: 'missed',
      title: `Later than ${asTyped(deadlineMs)} ms`,
      explains: `The share and the number of ${timings} that took longer than the deadline.`,
      value: missShare(misses.share),
      note: `${count(misses.missed)} of ${count(misses.timings)}`,
    },
    {
      id: 'streak',
      title: 'Longest streak',
      explains: 'The largest number of missed deadlines in a row, which is what a user notices.',
      value: misses.streak.missed === 0 ? 'none' : `${count(misses.streak.missed)} in a row`,
      note: misses.streak.missed === 0 ? undefined : `for ${duration(misses.streak.ms)}`,
    },
    {
      id: 'p99',
      title: 'p99',
      explains: '99% of inferences finish within this time.',
      value: tail ? duration(tail.p99) : later,
    },
    {
      id: 'p999',
      title: 'p99.9',
      explains: '99.9% of inferences finish within this time. It takes 10,000 of them to know.',
      value: tail ? (tail.p999 === null ? 'too few' : duration(tail.p999)) : later,
    },
    {
      id: 'worst',
      title: 'Worst',
      explains: 'The slowest of all, once the lane was steady.',
      value: tail ? duration(tail.worst) : later,
    },
    {
      id: 'busy',
      title: 'Busy',
      explains:
        'The share of time that the lane spent in inferences. The rest went into messages, drawing and saving; a lower share lets the device cool.',
      value: percent(busy),
    },
  ];
}

function Method({ record, figures }: { record: SustainedRecord; figures: SustainedFigures }) {
  const { warming, slices, gaps, batch, throttle, inferences } = figures;
  const { random } = record.lane.variant;
  const paused = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  return (
    <details className={method['method']}>
      <summary>How these figures were obtained, and how far to trust them</summary>
      <ul>
        <li>
          One lane ran in back-to-back turns of about 25 ms; all timings are stored. A slice is
          about one second of them. {count(slices[warming]?.from ?? 0)} ms at the beginning (
          {warming} {warming === 1 ? 'slice' : 'slices'}) were warm-up and count in no figure;{' '}
          {count(inferences)} inferences count.
        </li>
        {batch > 1 && (
          <li>
            Up to {batch} inferences share one timing, since one is too short for this clock; the
            timing is their mean, so a single late one among them is not visible.
          </li>
        )}
        <li>
          The change is the median of the slices’ medians in the last quarter, divided by that of
          the first {throttle ? spell(throttle.firstMs) : 'minute'}. Nothing ran beside it for
          comparison: another program that starts meanwhile looks the same as heat.
        </li>
        <li>
          “Slower from” is the change point of the slices’ medians (rank sums), shown when it is
          significant and at least 3%, and only where the change above is significant too.
        </li>
        {(paused > 0 || record.excluded > 0) && (
          <li>
            {paused > 0 && `For ${spell(paused)} nothing was measured: the tab was hidden. `}
            {count(record.excluded)} {record.excluded === 1 ? 'turn was' : 'turns were'} left out,
            since the tab was hidden or the clock jumped.
          </li>
        )}
        <li>
          {random
            ? `Answers cannot be compared: ${randomWords(random)}.`
            : `Every two seconds the first input was run again and its answer compared with the first answer: ${count(record.repeats.compared)} times. A race shows whether the answers are right.`}
        </li>
      </ul>
    </details>
  );
}

/** A sustained run, live or stored: the curve, what a user would feel, and how it was obtained. */
export function SustainedView({ found: { settings, record }, over }: SustainedViewProps) {
  const figures = useMemo(() => sustainedFigures(record, settings, over), [record, settings, over]);
  if (figures.slices.length === 0) return null;
  const changed = record.lane.variant.random ? null : changedAnswer(record.repeats);
  return (
    <MarkWrong wrong={changed ? [record.lane] : []}>
      <Card title={`Milliseconds per inference over ${clockTime(figures.ranMs)} minutes`}>
        <ThrottleChart record={record} settings={settings} figures={figures} over={over} />
      </Card>
      <Card title="What a user would notice" method="latency">
        {changed && <Fault error={{ name: 'wrong', message: `This lane is wrong: ${changed}.` }} />}
        <Figures figures={figuresOf(settings, figures, over)} />
        <Method record={record} figures={figures} />
      </Card>
    </MarkWrong>
  );
}
