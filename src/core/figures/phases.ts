import { duration } from '../format.ts';
import { type Lane, laneTitle } from '../race/lane.ts';
import type { LaneRecord } from '../race/record.ts';
import type { Fetched } from '../session/runner.ts';
import type { Milliseconds } from '../units.ts';

/** A stretch of a lane's way from nothing to steady, in this order. */
export type StartPhase = 'download' | 'runtime' | 'session' | 'first' | 'warming';

export interface StartStep {
  readonly phase: StartPhase;
  readonly ms: Milliseconds;
}

/** A lane's way from nothing to steady. */
export interface LanePhases {
  readonly lane: Lane;
  /** Phases that took time, in their order; those not reached are absent. */
  readonly steps: readonly StartStep[];
  /** Where the slowest of the files came from; null where none is known. */
  readonly from: Fetched['from'] | null;
  /** Sum of the phases up to and with the first answer; null before it. */
  readonly toFirst: Milliseconds | null;
  /** Running time of the warming turns; null until the lane is steady. */
  readonly warming: Milliseconds | null;
}

const SLOWEST_FIRST: readonly Fetched['from'][] = ['network', 'cache', 'page'];

/** What turns before `steadyAt` took, the lane's own running time only. */
function warmingOf({ turns }: LaneRecord, steadyAt: number): Milliseconds | null {
  if (turns.length <= steadyAt) return null;
  return turns
    .slice(0, steadyAt)
    .reduce((sum, { ms, batch }) => sum + ms.reduce((all, each) => all + each, 0) * batch, 0);
}

/**
 * A lane's phases, apart; null until it is open. Between them lie the start of the worker and
 * the handing over of files, which are in none of them.
 * @param steadyAt turns before this index are warming
 */
export function phasesOf(record: LaneRecord, steadyAt: number): LanePhases | null {
  const { lane, opened, coldMs } = record;
  if (!opened) return null;
  const { fetched, runtimeMs, sessionMs } = opened;
  const download = fetched.reduce((sum, { ms }) => sum + ms, 0);
  const warming = warmingOf(record, steadyAt);
  const steps: readonly { phase: StartPhase; ms: Milliseconds | null }[] = [
    { phase: 'download', ms: download },
    { phase: 'runtime', ms: runtimeMs },
    { phase: 'session', ms: sessionMs },
    { phase: 'first', ms: coldMs },
    { phase: 'warming', ms: warming },
  ];
  return {
    lane,
    steps: steps.flatMap(({ phase, ms }) => (ms !== null && ms > 0 ? [{ phase, ms }] : [])),
    from: SLOWEST_FIRST.find((from) => fetched.some((one) => one.from === from)) ?? null,
    toFirst: coldMs === null ? null : download + runtimeMs + sessionMs + coldMs,
    warming,
  };
}

interface PhaseWords {
  readonly title: string;
  /** In a sentence: "most of it starting the runtime". */
  readonly noun: string;
  readonly explains: string;
}

export const START_WORDS: Readonly<Record<StartPhase, PhaseWords>> = {
  download: {
    title: 'files',
    noun: 'the files',
    explains:
      'Fetching the files of the runtime and the model and verifying their contents. Files that the page already has, or that an earlier lane fetched, cost nothing.',
  },
  runtime: {
    title: 'runtime start',
    noun: 'starting the runtime',
    explains: 'Compiling and starting the runtime once its file is there; no model yet.',
  },
  session: {
    title: 'session',
    noun: 'creating the session',
    explains: 'Parsing and optimising the model and placing its nodes.',
  },
  first: {
    title: 'first run',
    noun: 'the first run',
    explains:
      'The first inference: lazy allocation, unoptimised code and, on a GPU, compiling its shaders.',
  },
  warming: {
    title: 'warming up',
    noun: 'warming up',
    explains:
      'Running time of all turns before the lane was steady, while the engine optimises hot code. No speed figure includes it.',
  },
};

export const FROM_WORDS: Readonly<Record<Fetched['from'], string>> = {
  network: 'over the network',
  cache: 'from the cache',
  page: 'already in the page',
};

/** "most of it starting the runtime", or "a third and more": the largest step before the answer. */
function largestPart({ steps, toFirst }: LanePhases): string {
  const [largest] = steps.filter(({ phase }) => phase !== 'warming').sort((a, b) => b.ms - a.ms);
  if (!largest || toFirst === null) return '';
  const share = largest.ms > toFirst / 2 ? 'most of it' : 'the largest part of it';
  return `, ${share} ${START_WORDS[largest.phase].noun}`;
}

/**
 * What was found about a lane's start, as a sentence; null before its first answer. Lanes are
 * not ranked by it: each starts once, and only the first of them fetches the runtime.
 */
export function phasesSentence(phases: LanePhases): string | null {
  const { lane, toFirst, warming } = phases;
  if (toFirst === null) return null;
  const steady =
    warming === null
      ? 'not steady yet'
      : warming === 0
        ? 'steady at once'
        : `steady after another ${duration(warming)} of running`;
  return `${laneTitle(lane)}: ${duration(toFirst)} to the first inference${largestPart(phases)}; ${steady}.`;
}
