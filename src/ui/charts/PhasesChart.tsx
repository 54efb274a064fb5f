import type { LaneFigures } from '../../core/figures/figures.ts';
import {
  FROM_WORDS,
  type LanePhases,
  phasesOf,
  phasesSentence,
  START_WORDS,
  type StartPhase,
} from '../../core/figures/phases.ts';
import { duration } from '../../core/format.ts';
import { samplesFrom } from '../../core/race/samples.ts';
import { type RaceView, useRaceView } from '../parts/raceView.ts';
import { Coming } from './Coming.tsx';
import note from './note.module.css';
import { PhaseTerms } from './PhaseTerms.tsx';
import { type Fill, Stack, type StackRow } from './Stack.tsx';

const FILLS: Readonly<Record<StartPhase, Fill>> = {
  download: 'pale',
  runtime: 'solid',
  session: 'light',
  first: 'strong',
  warming: 'shaded',
};

const sum = ({ steps }: LanePhases) => steps.reduce((all, { ms }) => all + ms, 0);

function figureOf({ toFirst }: LanePhases, { steady }: LaneFigures): string {
  const answer =
    toFirst === null ? 'no inference yet' : `${duration(toFirst)} to the first inference`;
  return steady ? `${answer}, then ${duration(steady.median)} per inference` : answer;
}

/** "runtime start 287 ms · …", and how far the slowest steady runs lie from the median. */
function notesOf({ steps, from }: LanePhases, { steady }: LaneFigures, most: number): string[] {
  const parts = steps.map(({ phase, ms }) => {
    const source = phase === 'download' && from ? ` ${FROM_WORDS[from]}` : '';
    return `${START_WORDS[phase].title}${source} ${duration(ms)}`;
  });
  if (from === 'page') parts.unshift(`${START_WORDS.download.title} ${FROM_WORDS.page}`);
  if (steady) {
    parts.push(
      `steady: p95 ${duration(steady.p95)}, p99 ${duration(steady.p99)}, slowest ${duration(most)}`,
    );
  }
  return parts;
}

interface PhasedLane {
  readonly phases: LanePhases;
  readonly row: StackRow;
}

function lanesOf({ record, figures }: RaceView): PhasedLane[] {
  return record.lanes.flatMap((lane) => {
    const own = figures.find((one) => one.lane.id === lane.lane.id);
    const phases = own && phasesOf(lane, own.steadyAt);
    if (!phases) return [];
    const most = samplesFrom(lane, own.steadyAt).reduce((a, b) => Math.max(a, b), 0);
    const parts = phases.steps.map(({ phase, ms }) => ({
      key: phase,
      title: START_WORDS[phase].title,
      size: ms,
      fill: FILLS[phase],
    }));
    const row = {
      lane: lane.lane,
      value: figureOf(phases, own),
      parts,
      notes: notesOf(phases, own, most),
    };
    return [{ phases, row }];
  });
}

/** Each lane's way from nothing to its first answer and on to steady, on one axis of time. */
export function PhasesChart() {
  const view = useRaceView();
  const lanes = view ? lanesOf(view) : [];
  const [first] = lanes;
  if (!first) {
    return (
      <Coming
        stored={view?.stored ?? false}
        when="Shown once a lane has run its first inference."
        why="No cold start was timed."
      />
    );
  }
  return (
    <>
      <p data-phases-sentence>{phasesSentence(first.phases)}</p>
      <Stack
        rows={lanes.map(({ row }) => row)}
        what="Cold start by lane and phase"
        whole={Math.max(...lanes.map(({ phases }) => sum(phases)))}
      />
      <p className={note['note']}>
        Each phase is measured once, so cold starts are not ranked. Lanes open one after the other,
        and the first one that needs a runtime fetches it for the others. The sum leaves out
        starting the worker and handing files over to it. <PhaseTerms words={START_WORDS} />
      </p>
    </>
  );
}
