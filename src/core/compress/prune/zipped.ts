import type { Fraction } from '../../units.ts';

/**
 * Size under gzip of random float32 weights, by the share that is zero, against the size without
 * gzip (measured: dense .93, 50% .53, 75% .29, 90% .13; between them it is nearly linear).
 */
const ZIPPED: readonly (readonly [Fraction, number])[] = [
  [0, 0.93],
  [0.5, 0.53],
  [0.75, 0.29],
  [0.9, 0.13],
  [1, 0.001],
];

export function zippedShare(sparsity: Fraction): number {
  const after = ZIPPED.findIndex(([at]) => at >= sparsity);
  const [high, small] = ZIPPED[after] ?? ZIPPED[ZIPPED.length - 1] ?? [1, 0];
  const [low, big] = ZIPPED[after - 1] ?? [high, small];
  return high === low ? small : big + ((small - big) * (sparsity - low)) / (high - low);
}
