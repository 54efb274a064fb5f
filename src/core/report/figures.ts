import { activePower, type EnergyEstimate, estimateEnergy } from '../energy/estimate.ts';
import type { DeviceClass } from '../energy/priors.ts';
import { agreement, type Correctness, changedAnswer, judge } from '../race/fidelity.ts';
import type { Lane } from '../race/lane.ts';
import type { LaneRecord, RaceRecord } from '../race/record.ts';
import type { LaneMemory } from '../race/runner.ts';
import { samplesFrom } from '../race/samples.ts';
import { type PairedRatio, pairedRatio } from '../stats/paired.ts';
import { quantile } from '../stats/quantiles.ts';
import { steadyFrom } from '../stats/steady.ts';
import type { Fraction, Milliseconds } from '../units.ts';

/** What the device adds to a record to turn times into energy and doubt. */
export interface FigureConditions {
  readonly device: DeviceClass;
  readonly cores: number;
  readonly softwareGpu: boolean;
  readonly timerStep: Milliseconds;
}

/** Latency of the steady samples; warming ones are in none of these. */
export interface SteadyFigures {
  readonly samples: number;
  readonly median: Milliseconds;
  readonly p95: Milliseconds;
  readonly p99: Milliseconds;
  readonly perSecond: number;
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
  readonly energy: EnergyEstimate | null;
  readonly memory: LaneMemory | null;
  /** How many times as fast as the reference; null for the reference and until both are steady. */
  readonly speedup: PairedRatio | null;
  readonly correctness: Correctness;
  /** Share of inputs for which it names the reference's class; null where nothing was compared. */
  readonly agreement: Fraction | null;
  readonly compared: number;
  /** Measured here on labelled inputs; null where none were run. */
  readonly accuracy: { readonly value: Fraction; readonly of: number } | null;
  /** The clock's step as a share of one timing; 0.02 and more deserves a word. */
  readonly timerDoubt: Fraction | null;
  readonly batch: number;
}

function steadyFigures(lane: LaneRecord, from: number): SteadyFigures | null {
  const ascending = samplesFrom(lane, from).sort();
  if (ascending.length === 0) return null;
  const median = quantile(ascending, 0.5);
  return {
    samples: ascending.length,
    median,
    p95: quantile(ascending, 0.95),
    p99: quantile(ascending, 0.99),
    perSecond: 1000 / median,
  };
}

/** Ratio over the rounds in which both lanes were steady. */
function speedupOf(lane: LaneRecord, from: number, reference: LaneRecord, referenceFrom: number) {
  const own = new Map(lane.turns.slice(from).map(({ round, median }) => [round, median]));
  const pairs = reference.turns.slice(referenceFrom).flatMap(({ round, median }) => {
    const paired = own.get(round);
    return paired === undefined ? [] : [[median, paired] as const];
  });
  if (pairs.length === 0) return null;
  return pairedRatio(
    pairs.map(([base]) => base),
    pairs.map(([, value]) => value),
  );
}

function correctnessOf(lane: LaneRecord, classifier: boolean): Correctness {
  const changed = changedAnswer(lane.repeats);
  if (changed) return { state: 'wrong', reason: changed };
  if (lane.lane.reference) return { state: 'reference' };
  const { precision, pruned } = lane.lane.variant;
  return judge(lane.fidelity, precision, classifier, pruned);
}

/** Figures of every lane, in the record's order. */
export function figuresOf(record: RaceRecord, here: FigureConditions): LaneFigures[] {
  const classifier = record.model.task.kind !== 'generic';
  const starts = new Map(
    record.lanes.map((lane) => [lane, steadyFrom(lane.turns.map(({ median }) => median))]),
  );
  const reference = record.lanes.find(({ lane }) => lane.reference);
  return record.lanes.map((lane): LaneFigures => {
    const steadyAt = starts.get(lane) as number;
    const steady = steadyFigures(lane, steadyAt);
    const watts = activePower(lane.lane.backend, here.device, here.cores, here.softwareGpu);
    return {
      lane: lane.lane,
      state: lane.state,
      first: lane.coldMs,
      steadyAt,
      steady,
      energy: steady && estimateEnergy(steady.median, watts, here.device),
      memory: lane.memory,
      speedup:
        reference && lane !== reference
          ? speedupOf(lane, steadyAt, reference, starts.get(reference) as number)
          : null,
      correctness: correctnessOf(lane, classifier),
      agreement: classifier && lane.fidelity.compared > 0 ? agreement(lane.fidelity) : null,
      compared: lane.fidelity.compared,
      accuracy:
        lane.labelled > 0 ? { value: lane.correct / lane.labelled, of: lane.labelled } : null,
      timerDoubt: steady && here.timerStep / (steady.median * lane.batch),
      batch: lane.batch,
    };
  });
}

/** Lanes that may be called fastest: steady, alive and not wrong. */
export function contenders(figures: readonly LaneFigures[]): LaneFigures[] {
  return figures.filter(
    ({ steady, state, correctness }) =>
      steady !== null && state.name !== 'died' && correctness.state !== 'wrong',
  );
}

export function fastest(figures: readonly LaneFigures[]): LaneFigures | null {
  return contenders(figures).reduce<LaneFigures | null>(
    (best, lane) =>
      best === null || (lane.steady?.median ?? 0) < (best.steady?.median ?? 0) ? lane : best,
    null,
  );
}
