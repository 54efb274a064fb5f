import fc from 'fast-check';
import { expect, it } from 'vitest';
import { laneRecord } from '../race/testing.ts';
import { histogramOf, latencyRows, spanOf } from './series.ts';

it('takes the median of neighbouring turns, and leaves out lanes that have none', () => {
  const rows = latencyRows([laneRecord('a/wasm*', [1, 3, 5, 7]), laneRecord('b/wasm', [2])], 2);
  expect(rows).toEqual([
    { round: 1, ms: { 'a/wasm': 2, 'b/wasm': 2 } },
    { round: 3, ms: { 'a/wasm': 6 } },
  ]);
});

it('counts every sample once, in a bin or beyond', () => {
  const samples = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(samples, (values) => {
      const span = spanOf([values]);
      if (!span) throw new Error('There are samples.');
      const { bins, beyond } = histogramOf(values, span, 20);
      const inside = bins.reduce((sum, { share }) => sum + share, 0) * values.length;
      expect(inside + beyond).toBeCloseTo(values.length, 6);
    }),
  );
});

it('turns logarithmic only for lanes far apart', () => {
  expect(spanOf([[1], [7]])?.logarithmic).toBe(false);
  expect(spanOf([[1], [9]])?.logarithmic).toBe(true);
  expect(spanOf([[]])).toBeNull();
});
