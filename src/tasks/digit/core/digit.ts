import { Fault } from '../../../core/errors.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';

/** Width and height of an MNIST image, in pixels. */
export const DIGIT_SIDE = 28;
export const DIGIT_PIXELS = DIGIT_SIDE * DIGIT_SIDE;

/** MNIST scales a digit's bounding box to fit 20 x 20 and centres its mass in 28 x 28. */
const BOX = 20;
/** Ink weaker than this (of 255) is the pen's anti-aliasing, not part of the digit. */
const FAINT = 8;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function inkBox(ink: Uint8Array, side: number): Box | null {
  const box: Box = { left: side, top: side, right: -1, bottom: -1 };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if ((ink[y * side + x] as number) < FAINT) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box.right < 0 ? null : box;
}

/** Mean ink of the source rectangle [x0,x1) x [y0,y1), partial pixels weighted by their area. */
function areaMean(
  ink: Uint8Array,
  side: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): number {
  let sum = 0;
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(side, Math.ceil(y1)); y++) {
    const height = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(side, Math.ceil(x1)); x++) {
      const width = Math.min(x + 1, x1) - Math.max(x, x0);
      sum += (ink[y * side + x] as number) * width * height;
    }
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

/**
 * A drawing to MNIST's form: bounding box scaled to 20 pixels, centre of mass in the middle of
 * 28 x 28 (LeCun, Cortes and Burges, "The MNIST database": how the set itself was made).
 *
 * @param ink side * side bytes, row by row, 255 is full ink
 * @returns 784 bytes, or null when nothing was drawn
 */
export function toMnist(ink: Uint8Array, side: number): Uint8Array | null {
  const box = inkBox(ink, side);
  if (!box) return null;
  const extent = Math.max(box.right - box.left, box.bottom - box.top) + 1;
  const scale = extent / BOX;
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      const value = ink[y * side + x] as number;
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  }
  const originX = massX / mass - (DIGIT_SIDE / 2) * scale;
  const originY = massY / mass - (DIGIT_SIDE / 2) * scale;
  const image = new Uint8Array(DIGIT_PIXELS);
  for (let y = 0; y < DIGIT_SIDE; y++) {
    for (let x = 0; x < DIGIT_SIDE; x++) {
      const x0 = originX + x * scale;
      const y0 = originY + y * scale;
      image[y * DIGIT_SIDE + x] = Math.round(areaMean(ink, side, x0, y0, x0 + scale, y0 + scale));
    }
  }
  return image;
}

/** Bytes 0..255 to the model's input 0..1; any number of images one after another. */
export function toInput(images: Uint8Array): Float32Array<ArrayBuffer> {
  const input = new Float32Array(images.length);
  // A loop: `from` with a function takes a hundred milliseconds for 2,000 images.
  for (let i = 0; i < images.length; i++) input[i] = (images[i] as number) / 255;
  return input;
}

/** Feeds of one digit each. */
export function digitFeeds(input: string, images: Uint8Array, count: number): FeedSet {
  const dims = [1, 1, DIGIT_SIDE, DIGIT_SIDE];
  return { count, inputs: [{ name: input, type: 'float32', dims, data: toInput(images) }] };
}

export interface LabelledDigits {
  readonly count: number;
  /** count * 784 bytes */
  readonly images: Uint8Array;
  /** count bytes, 0..9 */
  readonly labels: Uint8Array;
}

/**
 * Unpacks a sample pack (already gunzipped): all images, then all labels.
 * @throws Fault IntegrityError when the length does not fit the count.
 */
export function unpackDigits(packed: Uint8Array, count: number): LabelledDigits {
  const expected = count * (DIGIT_PIXELS + 1);
  if (packed.length !== expected) {
    throw new Fault(
      'IntegrityError',
      `The sample pack holds ${packed.length} bytes where ${count} digits need ${expected}.`,
    );
  }
  const split = count * DIGIT_PIXELS;
  return { count, images: packed.subarray(0, split), labels: packed.subarray(split) };
}

export function digitAt(pack: LabelledDigits, index: number): Uint8Array {
  return pack.images.subarray(index * DIGIT_PIXELS, (index + 1) * DIGIT_PIXELS);
}
