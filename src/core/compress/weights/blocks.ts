/**
 * Block-wise quantization as onnxruntime 1.30 does it (`BlockwiseQuantizer`, core/mlas/lib/q4_dq.cpp):
 * every operation in float32, halves rounded away from zero, the reciprocal of the scale taken first.
 */

/** A row-major tensor [outer, length, inner], quantized along its middle axis. */
export interface Runs {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export type Bits = 4 | 8;

export interface BlockFormat {
  readonly bits: Bits;
  /** Elements that share a scale; the last block of a run may have fewer. */
  readonly block: number;
  /** Whether the middle code stands for 0, whatever the numbers. */
  readonly symmetric: boolean;
}

export interface Blocks {
  /** One each, unsigned, in the order of the tensor. */
  readonly codes: Uint8Array;
  /** [outer, blocks, inner]. A symmetric scale is negative where the number furthest from 0 is positive. */
  readonly scales: Float32Array;
  /** As the scales, unsigned. */
  readonly zeroPoints: Uint8Array;
  /** Blocks in one run. */
  readonly count: number;
}

/** The code for 0 of a symmetric format. */
export const middle = (bits: Bits): number => 2 ** (bits - 1);

/** C's roundf, for numbers that are not negative; others are clipped to 0 anyway. */
const roundAway = (x: number): number => Math.floor(x + 0.5);

/** The smallest float32 whose reciprocal is one too; below, nothing can be told apart. */
const SMALLEST_SCALE = 2 ** -127;

interface BlockParams {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** @param low, high the lowest and the highest number of a block */
function blockParams(low: number, high: number, { bits, symmetric }: BlockFormat): BlockParams {
  const { fround } = Math;
  const top = 2 ** bits - 1;
  const half = middle(bits);
  if (symmetric) {
    // Of the two halves the lower one has a code more: it gets the number furthest from 0.
    const furthest = Math.abs(high) > Math.abs(low) ? high : low;
    return { scale: fround(-furthest / half), zeroPoint: half };
  }
  const least = Math.min(low, 0);
  const most = Math.max(high, 0);
  const scale = fround(fround(most - least) / top);
  const zero = scale === 0 ? least : fround(0 - fround(least / scale));
  return { scale, zeroPoint: Math.min(top, Math.max(0, roundAway(zero))) };
}

/**
 * Quantizes a tensor in blocks along one axis.
 * @returns null where it holds NaN or infinite numbers
 */
export function quantizeBlocks(
  data: Float32Array,
  { outer, length, inner }: Runs,
  format: BlockFormat,
): Blocks | null {
  const { fround } = Math;
  const { bits, block } = format;
  const top = 2 ** bits - 1;
  const count = Math.ceil(length / block);
  const codes = new Uint8Array(data.length);
  const scales = new Float32Array(outer * count * inner);
  const zeroPoints = new Uint8Array(scales.length);
  const low = new Float32Array(inner);
  const high = new Float32Array(inner);
  const reciprocals = new Float32Array(inner);
  let finite = 0;
  for (let run = 0; run < outer * count; run++) {
    const first = (Math.floor(run / count) * length + (run % count) * block) * inner;
    const elements = Math.min(block, length - (run % count) * block) * inner;
    const end = first + elements;
    low.fill(Number.POSITIVE_INFINITY);
    high.fill(Number.NEGATIVE_INFINITY);
    for (let at = first; at < end; ) {
      for (let i = 0; i < inner; i++, at++) {
        const x = data[at] as number;
        if (x < (low[i] as number)) low[i] = x;
        if (x > (high[i] as number)) high[i] = x;
        // Stays 0 for as long as all numbers are finite.
        finite += x * 0;
      }
    }
    const params = run * inner;
    for (let i = 0; i < inner; i++) {
      const { scale, zeroPoint } = blockParams(low[i] as number, high[i] as number, format);
      scales[params + i] = scale;
      zeroPoints[params + i] = zeroPoint;
      reciprocals[i] = Math.abs(scale) < SMALLEST_SCALE ? 0 : 1 / scale;
    }
    for (let at = first; at < end; ) {
      for (let i = 0; i < inner; i++, at++) {
        const scaled = fround((data[at] as number) * (reciprocals[i] as number));
        const code = Math.floor(fround(scaled + (zeroPoints[params + i] as number)) + 0.5);
        codes[at] = Math.min(top, Math.max(0, code));
      }
    }
  }
  return finite === 0 ? { codes, scales, zeroPoints, count } : null;
}
