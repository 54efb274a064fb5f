import { variantKey } from '../energy/calibration.ts';
import { type EnergyEstimate, estimateEnergy } from '../energy/estimate.ts';
import type { EnergyBasis } from '../energy/work.ts';
import { type RandomNode, randomIn, randomWords } from '../models/model.ts';
import type { Disturbance } from '../race/events.ts';
import { agreement, type Correctness, changedAnswer, judge } from '../race/fidelity.ts';
import type { Lane } from '../race/lane.ts';
import type { LaneRecord, RaceRecord } from '../race/record.ts';
import { samplesFrom } from '../race/samples.ts';
import type { LaneMemory } from '../session/runner.ts';
import { quantileIntervals } from '../stats/bootstrap.ts';
import type { Counts } from '../stats/counts.ts';
import { type Drift, driftOf } from '../stats/drift.ts';
import { type PairedRatio, pairRounds, speedOf } from '../stats/paired.ts';
import { steppedQuantile } from '../stats/quantiles.ts';
import { type Spikes, spikesOf } from '../stats/spread.ts';
import { steadyFrom } from '../stats/steady.ts';
import { isClassifier } from '../tasks/answers.ts';
import { taskKind } from '../tasks/register.ts';
import type { AnyTask } from '../tasks/task.ts';
import type { Fraction, Interval, Milliseconds } from '../units.ts';
import { type EarlyFigures, earlySpeedup, earlyTimes } from './early.ts';

/** What the device adds to a record to turn times into energy and doubt. */
export interface FigureConditions extends EnergyBasis {
  readonly timerStep: Milliseconds;
}

/** Latency of the steady samples; warming ones are in none of these. */
export interface SteadyFigures {
  readonly samples: number;
  readonly median: Milliseconds;
  readonly p95: Milliseconds;
  readonly p99: Milliseconds;
  readonly perSecond: number;
  /** Far slower than the rest; they count in p95 and p99. */
  readonly spikes: Spikes;
  /** 95% intervals of the three; null until the race is over. */
  readonly intervals: SteadyIntervals | null;
  /** How the lane's time changed from its first to its last steady turn. */
  readonly drift: Drift | null;
}

/** Each null with too few independent turns, or too few samples beyond it. */
export interface SteadyIntervals {
  readonly median: Interval | null;
  readonly p95: Interval | null;
  readonly p99: Interval | null;
}

/** A lane's turns are the same array until it has further ones, so nothing is resampled twice. */
const resampled = new WeakMap<LaneRecord['turns'], SteadyIntervals>();

function intervalsOf(
  { turns }: LaneRecord,
  from: number,
  ascending: Float64Array,
): SteadyIntervals {
  const known = resampled.get(turns);
  if (known) return known;
  const steady = turns.slice(from).map(({ ms }) => ms);
  const [median = null, p95 = null, p99 = null] = quantileIntervals(
    steady,
    ascending,
    [0.5, 0.95, 0.99],
  );
  const intervals = { median, p95, p99 };
  resampled.set(turns, intervals);
  return intervals;
}

/** One lane's figures, all derived from its record. */
export interface LaneFigures {
  readonly lane: Lane;
  readonly state: LaneRecord['state'];
  readonly first: Milliseconds | null;
  /** Turns before this index are warming. */
  readonly steadyAt: number;
  /** null until a lane is steady. */
  readonly steady: SteadyFigures | null;
  /** Provisional ones, while there are no others; null before the first turn too. */
  readonly early: EarlyFigures | null;
  /** null until a lane is steady. */
  readonly energy: EnergyEstimate | null;
  readonly memory: LaneMemory | null;
  /** How many times as fast as the reference; null for the reference and until both are steady. */
  readonly speedup: PairedRatio | null;
  readonly correctness: Correctness;
  /** Share of inputs for which it names the reference's class; null where nothing was compared. */
  readonly agreement: Fraction | null;
  readonly compared: number;
  /**
   * Of a task whose answers hold several things: how they compare with the reference's, over all
   * inputs compared, …
   */
  readonly boxes: Counts | null;
  /** … and that as a clause after the lane's name; null for other tasks. */
  readonly shared: string | null;
  /** Measured here on labelled inputs; null where none were run. */
  readonly accuracy: MeasuredHere | null;
  /** The clock's step as a share of one timing; 0.02 and more deserves a word. */
  readonly timerDoubt: Fraction | null;
  readonly batch: number;
  /** Turns that were measured and are in no figure, by what spoiled them. */
  readonly excluded: Readonly<Record<Disturbance, number>>;
}

export interface MeasuredHere {
  /** Share of labelled inputs named rightly; where things are counted, of those that are found. */
  readonly value: Fraction;
  readonly of: number;
  /** Share of the things found there that are of a known one; null where none are counted. */
  readonly precision: Fraction | null;
}

function measuredHere({ labelled, correct, drawn }: LaneRecord): MeasuredHere | null {
  if (labelled === 0) return null;
  const precision = drawn ? correct / drawn : null;
  return { value: correct / labelled, of: labelled, precision };
}

function steadyFigures(lane: LaneRecord, from: number, over: boolean): SteadyFigures | null {
  const ascending = samplesFrom(lane, from).sort();
  if (ascending.length === 0) return null;
  const median = steppedQuantile(ascending, 0.5);
  return {
    samples: ascending.length,
    median,
    p95: steppedQuantile(ascending, 0.95),
    p99: steppedQuantile(ascending, 0.99),
    perSecond: 1000 / median,
    spikes: spikesOf(ascending),
    intervals: over ? intervalsOf(lane, from, ascending) : null,
    drift: driftOf(lane.turns.slice(from).map((turn) => turn.median)),
  };
}

/** Ratio over the rounds in which both lanes were steady. */
function speedupOf(lane: LaneRecord, from: number, reference: LaneRecord, referenceFrom: number) {
  const paired = pairRounds(reference.turns.slice(referenceFrom), lane.turns.slice(from));
  return paired.pairs === 0 ? null : paired;
}

function correctnessOf(lane: LaneRecord, task: AnyTask, random: RandomNode | null): Correctness {
  if (random) return { state: 'random', reason: randomWords(random) };
  const changed = changedAnswer(lane.repeats);
  if (changed) return { state: 'wrong', reason: changed };
  if (lane.lane.reference) return { state: 'reference' };
  const { precision, pruned = false } = lane.lane.variant;
  const { classes, sequence, counted } = taskKind(task).answers;
  return judge(lane.fidelity, precision, classes, { pruned, sequence, counted });
}

const sharedOf = (boxes: Counts | undefined, task: AnyTask): string | null =>
  (boxes && taskKind(task).answers.counted?.shared(boxes)) ?? null;

/** Figures of every lane, in the record's order. */
export function figuresOf(record: RaceRecord, here: FigureConditions): LaneFigures[] {
  const classifier = isClassifier(record.model.task);
  const random = randomIn({ variants: record.lanes.map(({ lane }) => lane.variant) });
  const starts = new Map(
    record.lanes.map((lane) => [lane, steadyFrom(lane.turns.map(({ median }) => median))]),
  );
  const over = record.phase === 'checking' || record.phase === 'done';
  const reference = record.lanes.find(({ lane }) => lane.reference);
  /** Where a lane's figures begin, provisional ones too. */
  const beginOf = (lane: LaneRecord) => {
    const at = starts.get(lane) as number;
    return at < lane.turns.length ? at : (earlyTimes(lane)?.from ?? at);
  };
  const earlyOf = (
    lane: LaneRecord,
    energyAt: (ms: Milliseconds) => EnergyEstimate,
  ): EarlyFigures | null => {
    const times = earlyTimes(lane);
    if (!times) return null;
    const { from, median } = times;
    const held = reference && lane !== reference;
    return {
      ...times,
      speedup: held ? earlySpeedup(lane, from, reference, beginOf(reference)) : null,
      energy: median === null ? null : energyAt(median),
    };
  };
  return record.lanes.map((lane): LaneFigures => {
    const steadyAt = starts.get(lane) as number;
    const steady = steadyFigures(lane, steadyAt, over);
    const { variant, backend } = lane.lane;
    const compared = random ? 0 : lane.fidelity.compared;
    const work = {
      macs: record.model.macs ?? null,
      // The weights, read once; activations come on top.
      bytes: variant.bytes,
      precision: variant.precision,
      backend,
      variant: variantKey(record.model, variant),
    };
    const energyAt = (ms: Milliseconds) => estimateEnergy({ ms, ...work }, here);
    return {
      lane: lane.lane,
      state: lane.state,
      first: lane.coldMs,
      steadyAt,
      steady,
      early: steady ? null : earlyOf(lane, energyAt),
      energy: steady && energyAt(steady.median),
      memory: lane.memory,
      speedup:
        reference && lane !== reference
          ? speedupOf(lane, steadyAt, reference, starts.get(reference) as number)
          : null,
      correctness: correctnessOf(lane, record.model.task, random),
      agreement: classifier && compared > 0 ? agreement(lane.fidelity) : null,
      compared,
      boxes: random ? null : (lane.fidelity.boxes ?? null),
      shared: random ? null : sharedOf(lane.fidelity.boxes, record.model.task),
      accuracy: measuredHere(lane),
      timerDoubt: steady && here.timerStep / (steady.median * lane.batch),
      batch: lane.batch,
      excluded: {
        hidden: lane.excluded.filter(({ why }) => why === 'hidden').length,
        clock: lane.excluded.filter(({ why }) => why === 'clock').length,
      },
    };
  });
}

/** Alive and not wrong. */
export const isAble = ({ state, correctness }: LaneFigures): boolean =>
  state.name !== 'died' && correctness.state !== 'wrong';

/** Lanes that may be called fastest: steady, alive and not wrong. */
export function contenders(figures: readonly LaneFigures[]): LaneFigures[] {
  return figures.filter((lane) => lane.steady !== null && isAble(lane));
}

/** The lane with the least median; null where it is no faster than the reference for sure. */
export function fastest(figures: readonly LaneFigures[]): LaneFigures | null {
  const ranked = contenders(figures);
  const first = ranked.reduce<LaneFigures | null>(
    (best, lane) =>
      best === null || (lane.steady?.median ?? 0) < (best.steady?.median ?? 0) ? lane : best,
    null,
  );
  const same = (lane: LaneFigures) => lane.speedup !== null && speedOf(lane.speedup) === 'same';
  if (!first || same(first) || (first.lane.reference && ranked.some(same))) return null;
  return first;
}
