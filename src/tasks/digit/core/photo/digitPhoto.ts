/** A digit on paper, as a camera sees it, in the form in which MNIST holds digits. */

import type { Picture } from '../../../../core/pictures/picture.ts';
import { toMnist } from '../digit.ts';
import { type Blob, blobsOf } from './blobs.ts';
import { greySquare } from './grey.ts';
import { otsu } from './otsu.ts';
import { closed, dilated, type Raster } from './raster.ts';

/** Cells of the middle square: ten for each of the network's pixels when the digit fills half of it. */
const SIDE = 140;
/** Dark things wider than a quarter of the square are shadows or tables, not strokes. */
const STROKE_RADIUS = SIDE / 8;
/** Ink takes at least this share of the paper's light; less is the paper's own grain. */
const MIN_CONTRAST = 0.15;
/** A digit is at least this high, as a share of the square; smaller things are specks. */
const MIN_HEIGHT = 0.15;
/** Strokes apart from the largest belong to the digit (a 5's bar), specks do not. */
const MIN_PART = 0.08;
/** How far from the largest stroke the others are looked for, as a share of its height. */
const REACH = 0.25;
/** Width of MNIST's strokes as a share of the longer side of the digit's box: the set's median. */
const STROKE_WIDTH = 0.1;

/** How much of the paper's light each cell takes: the ink, whatever the light (bottom-hat). */
function darkness(grey: Raster): Raster {
  const paper = closed(grey, Math.round(STROKE_RADIUS)).values;
  const { side } = grey;
  return { side, values: grey.values.map((value, at) => 1 - value / Math.max(1, paper[at] ?? 1)) };
}

const heightOf = ({ top, bottom }: Blob) => bottom - top + 1;

/** The largest blob that lies whole in the square, and what lies near it; null where there is none. */
function digitBlobs(blobs: readonly Blob[], side: number): readonly Blob[] | null {
  const whole = blobs.filter(
    ({ left, top, right, bottom }) => left > 0 && top > 0 && right < side - 1 && bottom < side - 1,
  );
  const [largest] = whole.toSorted((a, b) => b.pixels.length - a.pixels.length);
  if (!largest || heightOf(largest) < MIN_HEIGHT * side) return null;
  const reach = REACH * heightOf(largest);
  return whole.filter(
    ({ pixels, left, top, right, bottom }) =>
      pixels.length >= MIN_PART * largest.pixels.length &&
      right >= largest.left - reach &&
      left <= largest.right + reach &&
      bottom >= largest.top - reach &&
      top <= largest.bottom + reach,
  );
}

/** Mean width of strokes: twice their area over the length of their outline. */
function strokeWidth({ side, values }: Raster): number {
  let area = 0;
  let outline = 0;
  const inked = (at: number) => Number((values[at] ?? 0) > 0);
  for (let at = 0; at < side * (side - 1); at++) {
    area += inked(at);
    outline += Math.abs(inked(at) - inked(at + 1)) + Math.abs(inked(at) - inked(at + side));
  }
  return (2 * area) / outline;
}

/** A pen's line is thinner than MNIST's, and would be lost on the way to 28 pixels. */
function thickened(ink: Raster, blobs: readonly Blob[]): Raster {
  const extentOf = (far: 'right' | 'bottom', near: 'left' | 'top') =>
    Math.max(...blobs.map((b) => b[far])) - Math.min(...blobs.map((b) => b[near])) + 1;
  const extent = Math.max(extentOf('right', 'left'), extentOf('bottom', 'top'));
  const missing = STROKE_WIDTH * extent - strokeWidth(ink);
  return missing >= 2 ? dilated(ink, Math.round(missing / 2)) : ink;
}

/**
 * The dark digit on light paper in the middle square of a picture, scaled and centred as MNIST's.
 * Uneven light is divided out before the ink is parted from the paper.
 * @returns 784 bytes, 255 is full ink; null where no single digit lies whole in the square
 */
export function digitInPicture(picture: Picture): Uint8Array | null {
  const dark = darkness(greySquare(picture, SIDE));
  const { side } = dark;
  const { threshold, below, above } = otsu(dark.values);
  if (above - below < MIN_CONTRAST) return null;
  const blobs = digitBlobs(blobsOf(dark, threshold), side);
  if (!blobs) return null;
  const ink = new Float32Array(side * side);
  for (const at of blobs.flatMap(({ pixels }) => pixels)) {
    ink[at] = Math.min(1, (dark.values[at] as number) / above);
  }
  const strokes = thickened({ side, values: ink }, blobs);
  return toMnist(
    Uint8Array.from(strokes.values, (value) => Math.round(255 * value)),
    side,
  );
}
