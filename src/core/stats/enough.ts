import type { Fraction, Interval } from '../units.ts';
import { medianInterval } from './medianInterval.ts';
import { pairRounds, type Round } from './paired.ts';
import { steadyFrom } from './steady.ts';

/** Half of an interval's width, as a share of its middle. */
export const halfWidth = ({ low, high }: Interval): Fraction => (high - low) / (high + low);

/** Fewer steady rounds than this may agree by chance. */
const FEWEST_ROUNDS = 32;

/**
 * How wide the widest interval is that a race is about: of each lane's median, and of its ratio to
 * the first lane. A race may stop when this is small enough.
 *
 * @param lanes each lane's rounds so far, in order, the reference first
 * @returns Infinity while a lane is not steady or has too few rounds
 */
export function widest(lanes: readonly (readonly Round[])[]): Fraction {
  const steady = lanes.map((rounds) =>
    rounds.slice(steadyFrom(rounds.map(({ median }) => median))),
  );
  const [reference] = steady;
  return steady.reduce((most, rounds) => {
    if (!reference || rounds.length < FEWEST_ROUNDS) return Number.POSITIVE_INFINITY;
    const intervals = [
      medianInterval(rounds.map(({ median }) => median)),
      rounds === reference ? { low: 1, high: 1 } : pairRounds(reference, rounds).interval,
    ];
    return Math.max(
      most,
      ...intervals.map((interval) => (interval ? halfWidth(interval) : Number.POSITIVE_INFINITY)),
    );
  }, 0);
}
