import { describe, expect, it } from 'vitest';
import { DIGIT_SIDE } from '../digit.ts';
import { blobsOf } from './blobs.ts';
import { digitInPicture } from './digitPhoto.ts';
import { otsu } from './otsu.ts';
import { type Ink, photoOf } from './testing.ts';

const inside = (value: number, low: number, high: number) => value >= low && value <= high;
const bar =
  (left: number, right: number, top = 0.2, bottom = 0.8): Ink =>
  (x, y) =>
    Number(inside(x, left, right) && inside(y, top, bottom));
const both =
  (one: Ink, other: Ink): Ink =>
  (x, y) =>
    Math.max(one(x, y), other(x, y));

/** Where the ink of each row of 28 begins and ends. */
const columns = (image: Uint8Array | null): readonly number[] =>
  [...(image ?? [])].flatMap((ink, at) => (ink > 127 ? [at % DIGIT_SIDE] : []));

describe('a digit from the camera', () => {
  it('becomes light ink on dark, scaled and centred, whatever the light', () => {
    const scenes = [{}, { light: 0.2 }, { noise: 15 }, { contrast: 0.35 }, { table: 120 }];
    for (const scene of scenes) {
      const image = digitInPicture(photoOf(bar(0.45, 0.55), scene));
      expect(Math.max(...(image ?? []))).toBeGreaterThan(230);
      expect([...(image ?? [])].filter((ink) => ink > 127).length).toBeGreaterThan(40);
      expect(Math.min(...columns(image))).toBeGreaterThanOrEqual(11);
      expect(Math.max(...columns(image))).toBeLessThanOrEqual(16);
    }
  });

  it.each([
    ['blank paper', photoOf(() => 0)],
    ['blank paper with much noise in half light', photoOf(() => 0, { noise: 20, light: 0.2 })],
    ['ink as faint as the grain of paper', photoOf(bar(0.45, 0.55), { contrast: 0.1 })],
    ['a speck', photoOf(bar(0.49, 0.52, 0.49, 0.52))],
    ['a line across the whole picture', photoOf(bar(0.45, 0.55, -1, 2))],
    ['a sheet that is all dark', photoOf(bar(-1, 2, -1, 2))],
  ])('is not found on %s', (_, picture) => {
    expect(digitInPicture(picture)).toBeNull();
  });

  it('keeps strokes that lie apart and leaves specks and far things out', () => {
    const five = both(bar(0.4, 0.5, 0.3, 0.8), bar(0.55, 0.65, 0.3, 0.5));
    const alone = columns(digitInPicture(photoOf(bar(0.4, 0.5, 0.3, 0.8), { noise: 0 })));
    const together = columns(digitInPicture(photoOf(five, { noise: 0 })));
    expect(new Set(together).size).toBeGreaterThan(new Set(alone).size);
    const far = both(bar(0.4, 0.5, 0.3, 0.8), bar(0.05, 0.1, 0.3, 0.5));
    expect(columns(digitInPicture(photoOf(far, { noise: 0 })))).toEqual(alone);
    const speck = both(bar(0.4, 0.5, 0.3, 0.8), bar(0.58, 0.6, 0.5, 0.52));
    expect(columns(digitInPicture(photoOf(speck, { noise: 0 })))).toEqual(alone);
  });

  it('gives a thin pen the width of MNIST’s strokes', () => {
    const thin = columns(digitInPicture(photoOf(bar(0.495, 0.505), { noise: 0 })));
    expect(new Set(thin).size).toBeGreaterThanOrEqual(2);
  });
});

describe('a threshold', () => {
  it('parts two heaps between them and tells their means', () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => (i < 90 ? 0.1 : 0.8));
    const { threshold, below, above } = otsu(values);
    expect(inside(threshold, 0.1, 0.8)).toBe(true);
    expect(below).toBeCloseTo(0.1, 2);
    expect(above).toBeCloseTo(0.8, 2);
  });

  it('tells no difference where all are one', () => {
    const { threshold, below } = otsu(new Float32Array(9).fill(0.3));
    expect(threshold).toBe(1);
    expect(below).toBeCloseTo(0.3, 2);
  });
});

describe('blobs', () => {
  it('hang together by corners and by nothing less', () => {
    const values = Float32Array.from([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    expect(blobsOf({ side: 4, values }, 0.5)).toEqual([
      { pixels: [0, 5], left: 0, top: 0, right: 1, bottom: 1 },
      { pixels: [3], left: 3, top: 0, right: 3, bottom: 0 },
      { pixels: [12], left: 0, top: 3, right: 0, bottom: 3 },
    ]);
  });
});
