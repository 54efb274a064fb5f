import { Fault } from '../../../core/errors.ts';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import { roundHalfEven } from '../../../core/rounding.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { SpottingTask } from './task.ts';

/**
 * The size at which the network sees a picture (PaddleOCR, DetResizeForTest with `limit_type`
 * max; Python's `round`): never enlarged but for the rounding of both sides, by which it is
 * stretched a little.
 */
export function fittedSize({ width, height }: Size, task: SpottingTask): Size {
  const ratio = Math.min(1, task.longest / Math.max(width, height));
  const side = (pixels: number) =>
    Math.max(1, roundHalfEven(Math.floor(pixels * ratio) / task.multiple)) * task.multiple;
  return { width: side(width), height: side(height) };
}

/** For each pixel of one axis: the two of the source between which it lies, and their weights. */
interface Taps {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The weight of `to`, of `ONE`; `from` has the rest. */
  readonly weight: Int32Array;
}

/** OpenCV weighs 8-bit pixels by whole 2048ths. */
const ONE = 2048;

function taps(source: number, target: number): Taps {
  const from = new Int32Array(target);
  const to = new Int32Array(target);
  const weight = new Int32Array(target);
  const inside = (pixel: number) => Math.min(source - 1, Math.max(0, pixel));
  for (let i = 0; i < target; i++) {
    // In single precision, as OpenCV: a tie rounds its way.
    const at = Math.fround(((i + 0.5) * source) / target - 0.5);
    const low = Math.floor(at);
    from[i] = inside(low);
    to[i] = inside(low + 1);
    weight[i] = roundHalfEven((at - low) * ONE);
  }
  return { from, to, weight };
}

/**
 * Bilinear between pixel centres, as OpenCV's `resize` (INTER_LINEAR) does it: when shrinking, too,
 * it looks at four pixels only, and the network was trained on pictures made so.
 *
 * @returns `width * height * 3` bytes: red, green and blue of each pixel; alpha is left out
 */
export function resized(picture: Picture, { width, height }: Size): Uint8Array {
  const columns = taps(picture.width, width);
  const rows = taps(picture.height, height);
  const out = new Uint8Array(width * height * 3);
  const byte = (index: number) => picture.data[index] as number;
  let at = 0;
  for (let y = 0; y < height; y++) {
    const upper = (rows.from[y] as number) * picture.width;
    const lower = (rows.to[y] as number) * picture.width;
    const down = rows.weight[y] as number;
    for (let x = 0; x < width; x++) {
      const left = columns.from[x] as number;
      const right = columns.to[x] as number;
      const across = columns.weight[x] as number;
      const [nw, ne, sw, se] = [upper + left, upper + right, lower + left, lower + right];
      for (let c = 0; c < 3; c++) {
        const above = byte(nw * 4 + c) * (ONE - across) + byte(ne * 4 + c) * across;
        const below = byte(sw * 4 + c) * (ONE - across) + byte(se * 4 + c) * across;
        // Cut and rounded where OpenCV does it: one level more or less moves edges of the map.
        const upperPart = ((ONE - down) * (above >> 4)) >> 16;
        const lowerPart = (down * (below >> 4)) >> 16;
        out[at++] = (upperPart + lowerPart + 2) >> 2;
      }
    }
  }
  return out;
}

/** Bytes of red, green, blue to the network's planes, normalised. */
function planes(rgb: Uint8Array, task: SpottingTask, out: Float32Array): void {
  const count = out.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const offset = task.channels === 'rgb' ? channel : 2 - channel;
    const mean = task.mean[channel] as number;
    const std = task.std[channel] as number;
    const normalised = Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - mean) / std);
    const plane = out.subarray(channel * count, (channel + 1) * count);
    for (let i = 0; i < count; i++) plane[i] = normalised[rgb[i * 3 + offset] as number] as number;
  }
}

function check({ width, height, data }: Picture): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new Fault('UnsupportedInputError', `A picture cannot be ${width} × ${height} pixels.`);
  }
  if (data.length !== width * height * 4) {
    throw new Fault(
      'UnsupportedInputError',
      `A picture of ${width} × ${height} pixels has ${data.length} bytes where ${width * height * 4} belong.`,
    );
  }
}

/**
 * Feeds of one picture each. All must come to one size, as those of a race do.
 * @throws Fault UnsupportedInputError for a picture whose size is not that of its bytes, for
 *   pictures of different sizes and for none.
 */
export function spottingFeeds(task: SpottingTask, pictures: readonly Picture[]): FeedSet {
  for (const picture of pictures) check(picture);
  const [first, ...others] = pictures.map((picture) => fittedSize(picture, task));
  if (!first) throw new Fault('UnsupportedInputError', 'There is no picture.');
  const { width, height } = first;
  const odd = others.find((size) => size.width !== width || size.height !== height);
  if (odd) {
    throw new Fault(
      'UnsupportedInputError',
      `Pictures in one batch need the same size; one is ${width} × ${height} pixels, another to ${odd.width} × ${odd.height}.`,
    );
  }
  const length = 3 * width * height;
  const data = new Float32Array(length * pictures.length);
  for (const [i, picture] of pictures.entries()) {
    planes(resized(picture, first), task, data.subarray(i * length, (i + 1) * length));
  }
  const dims = [1, 3, height, width];
  return { count: pictures.length, inputs: [{ name: task.input, type: 'float32', dims, data }] };
}
