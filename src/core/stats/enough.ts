import type { Fraction, Interval } from '../units.ts';
import { quantileIntervals } from './bootstrap.ts';
import { medianInterval } from './medianInterval.ts';
import { pairRounds, type Round } from './paired.ts';
import { sorted } from './quantiles.ts';
import { steadyFrom } from './steady.ts';

/** Half of an interval's width, as a share of its middle. */
export const halfWidth = ({ low, high }: Interval): Fraction => (high - low) / (high + low);

/** A race is sure enough when no interval reaches further than this from its middle. */
export const WANTED: Fraction = 0.02;

/** Fewer steady rounds than this may agree by chance. */
const MIN_ROUNDS = 32;

/** A lane's time in one round, and all that it was found from. */
export interface TimedRound extends Round {
  readonly ms: ArrayLike<number>;
}

/** A lane's rounds so far, in order. */
export interface LaneRounds {
  /** The lane's id. */
  readonly lane: string;
  readonly rounds: readonly TimedRound[];
}

/** What a race knows least surely. */
export interface Unsure {
  /** The lane's id. */
  readonly lane: string;
  /** Its own time, or how it compares with the reference. */
  readonly of: 'time' | 'ratio';
  /** Infinity while the lane is not steady or has too few rounds. */
  readonly halfWidth: Fraction;
}

/**
 * The widest interval that a race is about: of each lane's median, and of its ratio to the first
 * lane. A race may stop when it is narrow enough. The rule does not look at what the intervals
 * say, only at how wide they are, so stopping by it makes no difference look real (Chow and
 * Robbins 1965).
 *
 * @param lanes the reference first
 * @returns null where there are no lanes
 */
export function leastSure(lanes: readonly LaneRounds[]): Unsure | null {
  const steady = lanes.map(({ lane, rounds }) => ({
    lane,
    rounds: rounds.slice(steadyFrom(rounds.map(({ median }) => median))),
  }));
  const quick = widest(steady, ({ rounds }) => medianInterval(rounds.map(({ median }) => median)));
  // The interval that is shown takes a hundred times as long to find.
  return quick && quick.halfWidth <= WANTED ? widest(steady, shownInterval) : quick;
}

function shownInterval({ rounds }: LaneRounds): Interval | null {
  const turns = rounds.map(({ ms }) => ms);
  const ascending = sorted(turns.flatMap((ms) => Array.from(ms)));
  return quantileIntervals(turns, ascending, [0.5])[0] ?? null;
}

function widest(
  steady: readonly LaneRounds[],
  timeOf: (lane: LaneRounds) => Interval | null,
): Unsure | null {
  const [reference] = steady;
  const all = steady.flatMap((one): Unsure[] => {
    const { lane, rounds } = one;
    const known = (of: Unsure['of'], interval: Interval | null): Unsure => ({
      lane,
      of,
      halfWidth:
        interval && rounds.length >= MIN_ROUNDS ? halfWidth(interval) : Number.POSITIVE_INFINITY,
    });
    const time = known('time', timeOf(one));
    if (!reference || one === reference) return [time];
    return [time, known('ratio', pairRounds(reference.rounds, rounds).interval)];
  });
  return all.reduce<Unsure | null>(
    (most, one) => (most === null || one.halfWidth > most.halfWidth ? one : most),
    null,
  );
}
