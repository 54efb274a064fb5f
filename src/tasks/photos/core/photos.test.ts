import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { topClasses } from '../../../core/classes/classify.ts';
import { middleOf } from '../../../core/pictures/crop.ts';
import { resize, type Square } from '../../../core/pictures/resize.ts';
import { agreement, readLabels } from './decode.ts';
import { photoFeeds, seen } from './preprocess.ts';
import { PhotosTask } from './task.ts';
import { bytesOf, type OriginalPhotos, picturesOf, TASK } from './testing.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const jsonOf = (name: string): unknown => JSON.parse(fixture(name).toString());

const originals = jsonOf('photos.json') as readonly OriginalPhotos[];
const pictures = picturesOf(gunzipSync(fixture('photos.bin.gz')), originals);

interface Resized {
  readonly width: number;
  readonly height: number;
  readonly rgba: string;
  readonly square: Square;
  readonly to: number;
  readonly rgb: string;
}

/** A picture of one colour. */
function plain(width: number, height: number, colour: readonly number[]) {
  const data = new Uint8Array(width * height * 4).map((_, i) => colour[i % 4] as number);
  return { width, height, data };
}

describe('resize', () => {
  it.each((jsonOf('resize.json') as readonly Resized[]).map((given) => [given.to, given] as const))(
    'makes the bytes that Pillow makes: %s',
    (to, { width, height, rgba, square, rgb }) => {
      const picture = { width, height, data: bytesOf(rgba) };
      expect(resize(picture, square, to)).toEqual(bytesOf(rgb));
    },
  );

  it('keeps a single colour at any size, and does not look at alpha', () => {
    const side = fc.integer({ min: 1, max: 40 });
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(side, side, fc.tuple(byte, byte, byte, byte), (from, to, colour) => {
        const small = resize(plain(from, from, colour), { left: 0, top: 0, side: from }, to);
        expect(small.every((value, i) => value === colour[i % 3])).toBe(true);
      }),
    );
  });

  it('gives back a picture of the same size', () => {
    const data = Uint8Array.from({ length: 5 * 5 * 4 }, (_, i) => (i * 37) % 256);
    const same = resize({ width: 5, height: 5, data }, { left: 0, top: 0, side: 5 }, 5);
    expect([...same]).toEqual([...data].filter((_, i) => i % 4 < 3));
  });

  it('refuses squares that are empty or outside, and bytes that are too few', () => {
    const picture = plain(4, 4, [0, 0, 0, 0]);
    const square = { left: 2, top: 0, side: 3 };
    expect(() => resize(picture, square, 1)).toThrow('A square of 3 pixels at 2, 0 is no part');
    expect(() => resize(picture, { ...square, side: 0 }, 1)).toThrow('A square of 0 pixels');
    expect(() => resize({ ...picture, width: 5 }, square, 1)).toThrow('80 bytes; here are 64');
  });
});

describe('what the model sees', () => {
  it.each(originals.map((original, at) => [original.file, original, at] as const))(
    'is what the original project looks at: %s',
    (_, { width, height, square, row, sum }, at) => {
      expect(middleOf(width, height, TASK.crop)).toEqual(square);
      const pixels = seen(pictures[at] as (typeof pictures)[0], TASK);
      expect(pixels.reduce((total, byte) => total + byte, 0)).toBe(sum);
      const start = (TASK.side / 2) * TASK.side * 3;
      expect(pixels.slice(start, start + TASK.side * 3)).toEqual(bytesOf(row));
    },
  );

  it('lies in the middle of any picture, to half a pixel', () => {
    const length = fc.integer({ min: 2, max: 5000 });
    fc.assert(
      fc.property(length, length, (width, height) => {
        const box = middleOf(width, height, TASK.crop);
        expect(Math.abs(2 * box.left + box.side - width)).toBeLessThanOrEqual(1);
        expect(Math.abs(2 * box.top + box.side - height)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is nothing in a picture of one pixel', () => {
    expect(() => middleOf(1, 300, TASK.crop)).toThrow('1 × 300 pixels is too small');
  });
});

it('feeds planes of red, green and blue, one picture after another', () => {
  const task = { ...TASK, side: 2 };
  const { count, inputs } = photoFeeds(task, [
    plain(8, 8, [127, 255, 0, 9]),
    plain(3, 9, [0, 0, 0, 0]),
  ]);
  expect(count).toBe(2);
  const [input] = inputs;
  expect(input?.dims).toEqual([1, 3, 2, 2]);
  const low = -127 / 128;
  expect(Array.from(input?.data as Float32Array)).toEqual(
    [0, 0, 0, 0, 1, 1, 1, 1, low, low, low, low].concat(Array(12).fill(low)),
  );
});

describe('answers', () => {
  it('are the most probable classes, the first first', () => {
    const found = topClasses([1, 3, 2, 3], ['a', 'b', 'c', 'd'], 3);
    expect(found.map(({ label }) => label)).toEqual(['b', 'd', 'c']);
    expect(found[0]?.probability).toBeCloseTo(
      Math.exp(3) / (Math.E + 2 * Math.exp(3) + Math.exp(2)),
    );
  });

  it('are none where a logit is not a number', () => {
    expect(topClasses([1, Number.NaN], ['a', 'b'])).toEqual([]);
  });

  it('agree where the expected class is the first, or among five', () => {
    const logits = [9, 8, 7, 6, 5, 4];
    expect(agreement([logits, logits, logits], [0, 4, 5])).toEqual({
      top1: 1 / 3,
      top5: 2 / 3,
      of: 3,
    });
    expect(agreement([[Number.NaN]], [0]).top5).toBe(0);
    expect(() => agreement([logits], [])).toThrow('1 answers and 0 expected');
  });
});

describe('class names', () => {
  it('are as many as the classes', () => {
    const file = { source: 'here', licence: 'CC0-1.0', labels: ['a', 'b'] };
    expect(readLabels(file, 2)).toEqual(['a', 'b']);
    expect(() => readLabels(file, 3)).toThrow('There are 2 names for 3 classes.');
    expect(() => readLabels({ ...file, labels: ['a', ''] }, 2)).toThrow('labels.1');
  });
});

it('refuses a task whose labels lie elsewhere', () => {
  expect(v.safeParse(PhotosTask, TASK).success).toBe(true);
  const labels = { ...TASK.labels, file: '../labels.json' };
  expect(v.safeParse(PhotosTask, { ...TASK, labels }).success).toBe(false);
});
