import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type TextBox, textBoxes } from './decode.ts';
import { compareBoxes, quadIou } from './metric.ts';
import { fittedSize, resized, spottingFeeds } from './prepare.ts';
import { mapFrom, type Original, pictureFrom, quadsOf, TASK } from './testing.ts';

const file = readFileSync(new URL('./fixtures/original.json.gz', import.meta.url));
const { resized: sizes, tensor, decoded } = JSON.parse(gunzipSync(file).toString()) as Original;

describe('like the original', () => {
  it.each(sizes)('makes $picture.width × $picture.height pixels fit $longest', (given) => {
    const picture = pictureFrom(given.picture);
    const task = { ...TASK, longest: given.longest };
    const expected = pictureFrom(given.resized);
    const size = fittedSize(picture, task);
    expect(size).toEqual({ width: expected.width, height: expected.height });
    const ours = resized(picture, size);
    const theirs = expected.data.filter((_, i) => i % 4 < 3);
    expect(ours).toEqual(Uint8Array.from(theirs));
  });

  it('normalises in its order of channels', () => {
    const task = { ...TASK, longest: tensor.longest };
    const [image] = spottingFeeds(task, [pictureFrom(tensor.picture)]).inputs;
    expect(image?.dims).toEqual(tensor.dims);
    const far = tensor.values.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - Number(image?.data[i]))),
      0,
    );
    // One level of one channel.
    expect(far).toBeLessThan(1.01 / 255 / Math.min(...TASK.std));
  });

  it.each(decoded)('finds the boxes of a map: $name', ({ map, picture, boxes, scores }) => {
    const [width, height] = picture;
    const found = textBoxes(mapFrom(map), { width, height }, TASK);
    const theirs = quadsOf(boxes);
    const corners = found.map((box) => box.corners);
    expect(compareBoxes(corners, theirs)).toEqual({
      matched: theirs.length,
      found: theirs.length,
      expected: theirs.length,
    });
    const best = theirs.map((box) => {
      const same = ({ corners: quad }: TextBox) => quadIou(quad, box);
      const [first] = [...found].sort((a, b) => same(b) - same(a));
      if (!first) throw new Error('There is none.');
      // It cuts corners to whole pixels of the map, which are 1.5 × 1.25 of the picture.
      expect(same(first)).toBeGreaterThan(0.8);
      return first;
    });
    const off = best.map(({ score }, i) => Math.abs(score - (scores[i] as number)));
    // Where the float before the cut is 164.99999, a box of 8 rows loses one of them.
    expect(Math.max(...off)).toBeLessThan(1 / 8);
    expect(off.filter((by) => by > 0.015).length).toBeLessThanOrEqual(1);
  });
});
