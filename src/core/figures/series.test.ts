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

// A sweep times runs one by one, so on a coarse clock every sample can be 0 and the span empty.
it('counts samples of 0 ms too', () => {
  const span = spanOf([[0, 0, 0]]);
  if (!span) throw new Error('There are samples.');
  const { bins, beyond } = histogramOf([0, 0, 0], span, 20);
  expect(bins.reduce((sum, { share }) => sum + share, 0) + beyond / 3).toBe(1);
});

it('puts a sample into the bin whose edges hold it, on either axis', () => {
  for (const samples of [
    [1, 2, 3, 4],
    [1, 100, 1000],
  ]) {
    const span = spanOf(samples.map((ms) => [ms]));
    if (!span) throw new Error('There are samples.');
    for (const ms of samples) {
      const [bin] = histogramOf([ms], span, 7).bins.filter(({ share }) => share > 0);
      expect(bin?.from).toBeLessThanOrEqual(ms);
      expect(bin?.to).toBeGreaterThan(ms);
    }
  }
});

it('joins rounds into at most as many rows as asked for, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (count, most) => {
        const turns = Array.from({ length: count }, (_, i) => i + 1);
        const rows = latencyRows([laneRecord('a/wasm*', turns)], most);
        expect(rows.length).toBeLessThanOrEqual(most);
        const rounds = rows.map(({ round }) => round);
        expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
      },
    ),
  );
});

it('leaves a gap where rounds were spoiled', () => {
  const lane = laneRecord('a/wasm*', [1, 2, 3, 4]);
  const turns = lane.turns.filter(({ round }) => round !== 1 && round !== 2);
  expect(latencyRows([{ ...lane, turns }], 10).map(({ round }) => round)).toEqual([1, 4]);
});
