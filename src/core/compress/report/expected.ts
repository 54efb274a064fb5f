import type { Fraction } from '../../units.ts';

/** How much smaller a technique makes weights that were float32, before anything was made. */
export interface Expected {
  readonly factor: number;
  /** Only the download shrinks: on disk the file stays as long as it was. */
  readonly zipped: boolean;
}

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

function zippedShare(sparsity: Fraction): number {
  const after = ZIPPED.findIndex(([at]) => at >= sparsity);
  const [high, small] = ZIPPED[after] ?? ZIPPED[ZIPPED.length - 1] ?? [1, 0];
  const [low, big] = ZIPPED[after - 1] ?? [high, small];
  return high === low ? small : big + ((small - big) * (sparsity - low)) / (high - low);
}

/** A block of weights shares a float32 scale. */
const SCALE_BITS = 32;

const numberIn = (options: object, key: string): number | null => {
  const value = (options as Record<string, unknown>)[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/**
 * What to expect of a technique with these options, for a model that is nearly all weights; null
 * where it does not make files smaller.
 */
export function expectedSize(technique: string, options: object): Expected | null {
  switch (technique) {
    case 'static-int8':
    case 'dynamic-int8':
      return { factor: 4, zipped: false };
    case 'fp16':
      return { factor: 2, zipped: false };
    case 'weights': {
      const bits = numberIn(options, 'bits') ?? 8;
      const block = numberIn(options, 'block') ?? 0;
      return { factor: 32 / (bits + (block > 0 ? SCALE_BITS / block : 0)), zipped: false };
    }
    case 'prune':
      return {
        factor: zippedShare(0) / zippedShare(numberIn(options, 'sparsity') ?? 0.5),
        zipped: true,
      };
    default:
      return null;
  }
}
