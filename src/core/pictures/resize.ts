import { Fault } from '../errors.ts';
import type { Picture } from './picture.ts';

/** Part of a picture, in whole pixels. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Pillow holds weights as integers with this many bits behind the point: sums of bytes fit in 32 bits. */
const BITS = 22;
const HALF = 1 << (BITS - 1);

/** Source pixels `first`, `first + 1`, ... of one new pixel, and what each counts in 1 / 2^BITS. */
interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

/**
 * What each of `to` new pixels takes from `from` old ones: a triangle as wide as two new pixels, or two old ones where
 * the picture grows (Pillow, src/libImaging/Resample.c: precompute_coeffs, normalize_coeffs_8bpc).
 */
function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to;
  const support = Math.max(scale, 1);
  // Multiplied, not divided, as there: where two weights are halves, the last bit decides how a sum rounds.
  const inverse = 1 / support;
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const shares = Array.from({ length: end - first }, (_, i) =>
      Math.max(0, 1 - Math.abs((i + first - centre + 0.5) * inverse)),
    );
    const each = 1 / shares.reduce((sum, share) => sum + share, 0);
    return {
      first,
      weights: Int32Array.from(shares, (share) => Math.trunc(0.5 + share * each * (1 << BITS))),
    };
  });
}

/**
 * Scales a square part of a picture to `side` x `side`: bilinear over all old pixels that a new one covers, first along
 * rows, then along columns, bytes in between. Byte for byte what Pillow's `crop(...).resize((side, side), BILINEAR)`
 * makes; for other shapes it may begin with the columns.
 *
 * @returns red, green, blue of every pixel, side * side * 3 bytes; alpha is left out
 * @throws Fault UnsupportedInputError when the square is empty or not inside the picture
 */
export function resize(picture: Picture, square: Square, side: number): Uint8Array {
  checkSquare(picture, square);
  const taps = tapsOf(square.side, side);
  const rows = narrowed(picture, square, taps);
  const result = new Uint8Array(side * side * 3);
  const stride = side * 3;
  taps.forEach(({ first, weights }, y) => {
    for (let x = 0; x < stride; x++) {
      let sum = HALF;
      for (let i = 0; i < weights.length; i++) {
        sum += (rows[(first + i) * stride + x] as number) * (weights[i] as number);
      }
      result[y * stride + x] = sum >> BITS;
    }
  });
  return result;
}

/** Every row of the square with as many pixels as there are taps; three bytes each. */
function narrowed({ data, width }: Picture, square: Square, taps: readonly Taps[]): Uint8Array {
  const result = new Uint8Array(taps.length * square.side * 3);
  let to = 0;
  for (let y = 0; y < square.side; y++) {
    const row = ((square.top + y) * width + square.left) * 4;
    for (const { first, weights } of taps) {
      let [red, green, blue] = [HALF, HALF, HALF];
      for (let i = 0; i < weights.length; i++) {
        const from = row + (first + i) * 4;
        const weight = weights[i] as number;
        red += (data[from] as number) * weight;
        green += (data[from + 1] as number) * weight;
        blue += (data[from + 2] as number) * weight;
      }
      result[to++] = red >> BITS;
      result[to++] = green >> BITS;
      result[to++] = blue >> BITS;
    }
  }
  return result;
}

function checkSquare({ width, height, data }: Picture, { left, top, side }: Square): void {
  if (data.length !== width * height * 4) {
    throw new Fault(
      'UnsupportedInputError',
      `A picture of ${width} × ${height} pixels has ${width * height * 4} bytes; here are ${data.length}.`,
    );
  }
  if (side < 1 || left < 0 || top < 0 || left + side > width || top + side > height) {
    throw new Fault(
      'UnsupportedInputError',
      `A square of ${side} pixels at ${left}, ${top} is no part of a picture of ${width} × ${height}.`,
    );
  }
}
