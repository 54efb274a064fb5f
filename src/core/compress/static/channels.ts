/** Quantizing whole tensors, channel by channel, in loops that allocate nothing per element. */
import { ROUNDER } from '../../rounding.ts';
import type { CodeRange } from '../formulas.ts';

/** A tensor of rank three at most: row-major [outer, channels, inner]. One channel is the whole tensor. */
export interface ChannelLayout {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);

/** @param axis null: one scale for all */
export function layoutOf(dims: readonly number[], axis: number | null): ChannelLayout {
  if (axis === null) return { outer: 1, channels: 1, inner: product(dims) };
  return {
    outer: product(dims.slice(0, axis)),
    channels: dims[axis] ?? 1,
    inner: product(dims.slice(axis + 1)),
  };
}

/** Lowest and highest number of each channel, 0 included; a channel with NaN has NaN for both. */
export interface ChannelRanges {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export function channelRanges(
  data: Float32Array,
  { outer, channels, inner }: ChannelLayout,
): ChannelRanges {
  const low = new Float32Array(channels);
  const high = new Float32Array(channels);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++) {
      let least = low[c] as number;
      let most = high[c] as number;
      let sum = 0;
      for (const end = at + inner; at < end; at++) {
        const x = data[at] as number;
        if (x < least) least = x;
        else if (x > most) most = x;
        // Comparisons pass NaN by; a product with 0 does not.
        sum += x * 0;
      }
      low[c] = Number.isNaN(sum) ? Number.NaN : least;
      high[c] = Number.isNaN(sum) ? Number.NaN : most;
    }
  }
  return { low, high };
}

type Codes = Int8Array | Uint8Array | Int16Array | Uint16Array;

/** Writes the codes of all elements; `scales` and `zeroPoints` hold one for each channel. */
export function quantizeChannels<Into extends Codes>(
  data: Float32Array,
  { outer, channels, inner }: ChannelLayout,
  scales: Float32Array,
  zeroPoints: ArrayLike<number>,
  { min, max }: CodeRange,
  into: Into,
): Into {
  // Locals: a module's binding may be looked up anew each time.
  const { fround } = Math;
  const rounder = ROUNDER;
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++) {
      const scale = scales[c] as number;
      const zero = zeroPoints[c] as number;
      const least = min - zero;
      const most = max - zero;
      for (const end = at + inner; at < end; at++) {
        const x = fround((data[at] as number) / scale);
        const clipped = Math.min(most, Math.max(least, x));
        into[at] = clipped + rounder - rounder + zero;
      }
    }
  }
  return into;
}
