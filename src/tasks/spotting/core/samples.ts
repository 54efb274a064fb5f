import * as v from 'valibot';
import type { Size } from '../../../core/pictures/picture.ts';
import { PictureSample } from '../../../core/pictures/sample.ts';
import { readShipped } from '../../../core/schema/shipped.ts';
import type { Point, Quad } from './rectangle.ts';

const Corner = v.strictTuple([v.number(), v.number()]);

const Index = v.object({
  version: v.literal(1),
  samples: v.array(
    v.object({
      ...PictureSample.entries,
      boxes: v.optional(v.array(v.strictTuple([Corner, Corner, Corner, Corner]))),
    }),
  ),
});

/** A picture to find text in. */
export interface SpottingSample extends PictureSample {
  /** Its lines, in its pixels; null where nobody has marked them. */
  readonly lines: readonly Quad[] | null;
}

/**
 * Reads the list of samples (untrusted: it came over the network).
 * @throws Fault ManifestError naming the first field that is wrong
 */
export function readSpottingSamples(json: unknown): SpottingSample[] {
  const { samples } = readShipped(Index, json, 'The samples of text spotting');
  return samples.map(({ boxes, ...sample }) => ({
    ...sample,
    lines: boxes?.map(([a, b, c, d]): Quad => [point(a), point(b), point(c), point(d)]) ?? null,
  }));
}

const point = ([x, y]: v.InferOutput<typeof Corner>): Point => ({ x, y });

/** Lines of a picture in the pixels of another size of it. */
export function linesAt(lines: readonly Quad[], from: Size, to: Size): Quad[] {
  const scaled = ({ x, y }: Point): Point => ({
    x: (x / from.width) * to.width,
    y: (y / from.height) * to.height,
  });
  return lines.map(([a, b, c, d]) => [scaled(a), scaled(b), scaled(c), scaled(d)]);
}
