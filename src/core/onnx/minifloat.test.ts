import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floatBitsToHalf, halfToNumber, numberToHalf } from './minifloat.ts';

/** By definition: the nearer of the two neighbours, the even one of a tie. Codes grow with their numbers. */
function nearestHalf(x: number): number {
  const sign = Object.is(x, -0) || x < 0 ? 0x8000 : 0;
  const magnitude = Math.abs(x);
  if (magnitude >= 65_520) return sign | 0x7c00;
  let low = 0;
  let high = 0x7bff;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (halfToNumber(middle) <= magnitude) low = middle;
    else high = middle - 1;
  }
  const below = magnitude - halfToNumber(low);
  const above = (low === 0x7bff ? 65_536 : halfToNumber(low + 1)) - magnitude;
  const up = above < below || (above === below && low % 2 === 1);
  return sign | (up ? low + 1 : low);
}

test('every float16 comes back from its number', () => {
  const wrong: number[] = [];
  for (let code = 0; code < 65_536; code++) {
    const back = numberToHalf(halfToNumber(code));
    const nan = (code & 0x7c00) === 0x7c00 && (code & 0x3ff) !== 0;
    if (nan ? (back & 0x7fff) !== 0x7e00 : back !== code && code !== 0x8000) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});

test('minus zero stays minus zero', () => {
  expect(numberToHalf(-0)).toBe(0x8000);
});

test('rounds doubles to the nearest float16, ties to even', () => {
  const near = fc
    .tuple(fc.integer({ min: 0, max: 0x7bfe }), fc.integer({ min: -3, max: 3 }), fc.boolean())
    .map(([code, ulps, negative]) => {
      const middle = (halfToNumber(code) + halfToNumber(code + 1)) / 2;
      const x = middle * (1 + ulps * Number.EPSILON);
      return negative ? -x : x;
    });
  const any = fc.double({ noNaN: true, min: -70_000, max: 70_000 });
  const tiny = fc.double({ noNaN: true, min: -1e-6, max: 1e-6 });
  fc.assert(
    fc.property(fc.oneof(near, any, tiny, fc.double({ noNaN: true })), (x) => {
      expect(numberToHalf(x)).toBe(nearestHalf(x));
    }),
    { numRuns: 5000 },
  );
});

test('float32 bits round as their numbers do', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (x) => {
      const bits = new Uint32Array(Float32Array.of(x).buffer)[0] as number;
      expect(floatBitsToHalf(bits)).toBe(nearestHalf(x));
    }),
    { numRuns: 5000 },
  );
});
