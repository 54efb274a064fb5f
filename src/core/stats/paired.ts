import type { Fraction, Interval } from '../units.ts';
import { medianInterval } from './medianInterval.ts';
import { medianOf } from './quantiles.ts';

/** A ratio measured in pairs, with the interval that holds its true median in 95% of cases. */
export interface PairedRatio {
  readonly ratio: number;
  /** null with fewer pairs than six independent ones are worth: no interval of 95% exists then. */
  readonly interval: Interval | null;
  readonly pairs: number;
}

/**
 * Two sessions of the very same model differ by up to about this, for as long as they live: where
 * their memory and threads were placed. No number of rounds removes it, so a smaller difference
 * is not called one. Measured by `npm run bench -- null-race`.
 */
export const REPRODUCIBILITY: Fraction = 0.01;

/**
 * Median of the per-round ratios with a distribution-free interval: machines drift by 2x within
 * a minute, so only samples of the same round are divided by each other.
 *
 * @param numerators and
 * @param denominators one value per round, in order, same length; rounds where either is not
 *   positive and finite are left out
 */
export function pairedRatio(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): PairedRatio {
  const ratios: number[] = [];
  for (let i = 0; i < Math.min(numerators.length, denominators.length); i++) {
    const value = (numerators[i] as number) / (denominators[i] as number);
    if (value > 0 && Number.isFinite(value)) ratios.push(value);
  }
  return { ratio: medianOf(ratios), interval: medianInterval(ratios), pairs: ratios.length };
}

/** A lane's time in one round. */
export interface Round {
  readonly round: number;
  readonly median: number;
}

/** `pairedRatio` over the rounds that both have: numerators by denominators. */
export function pairRounds(
  numerators: Iterable<Round>,
  denominators: Iterable<Round>,
): PairedRatio {
  const own = new Map([...denominators].map(({ round, median }) => [round, median]));
  const both = [...numerators].filter(({ round }) => own.has(round));
  return pairedRatio(
    both.map(({ median }) => median),
    both.map(({ round }) => own.get(round) ?? Number.NaN),
  );
}

/** `unclear` where there are too few rounds; `same` where no difference is significant. */
export type Speed = 'faster' | 'slower' | 'same' | 'unclear';

/**
 * What a ratio "how many times as fast" says: a difference is one where the whole interval lies on
 * one side of 1, further away than two sessions of the same model may lie apart.
 */
export function speedOf({ interval }: Pick<PairedRatio, 'interval'>): Speed {
  if (!interval) return 'unclear';
  if (interval.low > 1 + REPRODUCIBILITY) return 'faster';
  return interval.high < 1 / (1 + REPRODUCIBILITY) ? 'slower' : 'same';
}
