import { Fault } from '../../../core/errors.ts';
import type { Size } from '../../../core/pictures/picture.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { cornersOf, grown, type Point, type Quad, smallestRectangle } from './rectangle.ts';
import { regionsOf } from './regions.ts';
import type { SpottingTask } from './task.ts';

/** A line of text. */
export interface TextBox {
  /** In the picture's pixels. */
  readonly corners: Quad;
  /** The mean of the map inside, 0..1. */
  readonly score: number;
}

/** The network's answer: the share of text in each of its pixels, row by row. */
export interface TextMap extends Size {
  readonly data: Float32Array | Float64Array;
}

/** A box grows by at least this much, in pixels of the map, or is dropped: noise. */
const MIN_GROWTH = 2;

/** The map of one picture; null where an output is none. */
export function readMap({ dims, data }: OutputTensor): TextMap | null {
  const [batch, channels, height = 0, width = 0] = dims;
  const fits = dims.length === 4 && batch === 1 && channels === 1;
  return fits && data.length === height * width ? { width, height, data } : null;
}

/**
 * The map of one picture.
 * @throws Fault AnswerError for an output that is no map of one picture.
 */
export function mapOf(output: OutputTensor): TextMap {
  const map = readMap(output);
  if (!map) {
    const { name, dims } = output;
    throw new Fault(
      'AnswerError',
      `Output "${name}" is ${dims.join(' × ')}; a map of one picture is 1 × 1 × height × width.`,
    );
  }
  return map;
}

/** First and last column of a convex polygon in each row, its outline's pixels included. */
function spans(corners: readonly Point[]): Map<number, [first: number, last: number]> {
  const rows = new Map<number, [number, number]>();
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] as Point;
    const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
    for (let step = 0; step <= steps; step++) {
      const x = Math.round(from.x + ((to.x - from.x) * step) / steps);
      const y = Math.round(from.y + ((to.y - from.y) * step) / steps);
      const row = rows.get(y);
      rows.set(y, row ? [Math.min(row[0], x), Math.max(row[1], x)] : [x, x]);
    }
  });
  return rows;
}

/** Mean of the map inside a box and on its outline, its corners cut to whole pixels as in the original. */
function meanInside({ width, height, data }: TextMap, corners: Quad): number {
  const left = Math.max(0, Math.floor(Math.min(...corners.map(({ x }) => x))));
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y))));
  const whole = corners.map(({ x, y }) => ({
    x: left + Math.trunc(x - left),
    y: top + Math.trunc(y - top),
  }));
  let sum = 0;
  let count = 0;
  for (const [y, [first, last]] of spans(whole)) {
    if (y < 0 || y >= height) continue;
    for (let x = Math.max(0, first); x <= Math.min(width - 1, last); x++) {
      sum += data[y * width + x] as number;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}

/**
 * Boxes around the lines of a map, from the top of the picture down.
 *
 * Differentiable binarization (Liao and others, "Real-time scene text detection with differentiable
 * binarization", 2020) as PaddleOCR's DBPostProcess does it: the network draws each line thinner
 * than it is, so that neighbours stay apart, and a box grows back by what training took away. The
 * original rounds to whole pixels of map and picture on the way; here nothing is rounded.
 *
 * @param picture the size of the picture that the map is of
 */
export function textBoxes(map: TextMap, picture: Size, task: SpottingTask): TextBox[] {
  const toPicture = ({ x, y }: Point): Point => ({
    x: Math.min(picture.width, Math.max(0, (x / map.width) * picture.width)),
    y: Math.min(picture.height, Math.max(0, (y / map.height) * picture.height)),
  });
  const boxes: TextBox[] = [];
  for (const region of regionsOf(map.data, map, task.threshold, task.mostBoxes)) {
    const core = smallestRectangle(region);
    const shorter = Math.min(core.length, core.breadth);
    if (shorter < task.shortest) continue;
    const score = meanInside(map, cornersOf(core));
    if (!(score >= task.boxThreshold)) continue;
    const growth = (task.unclip * core.length * core.breadth) / (2 * (core.length + core.breadth));
    if (shorter + 2 * growth < task.shortest + MIN_GROWTH) continue;
    const corners = cornersOf(grown(core, growth)).map(toPicture) as unknown as Quad;
    boxes.push({ corners, score });
  }
  return boxes;
}
