import { expect, it } from 'vitest';
import { type Random, seededRandom } from '../race/random.ts';
import { quantileIntervals } from './bootstrap.ts';

/** Standard normal, by Box and Muller. */
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());

const series = (turns: number, each: number, sample: (turn: number) => number) =>
  Array.from({ length: turns }, (_, turn) =>
    Float64Array.from({ length: each }, () => sample(turn)),
  );

it('is the value itself where all samples are equal', () => {
  const [median, p99] = quantileIntervals(
    series(20, 5, () => 3),
    [0.5, 0.99],
  );
  expect([median, p99]).toEqual([
    { low: 3, high: 3 },
    { low: 3, high: 3 },
  ]);
});

it('says nothing of fewer than 16 turns', () => {
  expect(
    quantileIntervals(
      series(15, 50, () => 3),
      [0.5],
    ),
  ).toEqual([null]);
});

it('gives the same for the same turns, and grows with the quantile', () => {
  const random = seededRandom(3);
  const turns = series(60, 20, () => Math.exp(0.3 * normal(random)));
  const [median, p95] = quantileIntervals(turns, [0.5, 0.95]);
  expect(quantileIntervals(turns, [0.5, 0.95])).toEqual([median, p95]);
  expect(p95?.low).toBeGreaterThan(median?.high ?? 0);
});

it.each([
  ['independent samples', () => 0],
  ['turns that are slow as a whole', (random: Random) => 0.3 * normal(random)],
])('holds the true median of %s in most of 150 series', (_, shift) => {
  const random = seededRandom(11);
  let inside = 0;
  for (let i = 0; i < 150; i++) {
    let own = 0;
    let turn = -1;
    const turns = series(60, 10, (at) => {
      if (at !== turn) [own, turn] = [shift(random), at];
      return Math.exp(own + 0.2 * normal(random));
    });
    const [median] = quantileIntervals(turns, [0.5]);
    if (median && median.low <= 1 && 1 <= median.high) inside++;
  }
  expect(inside).toBeGreaterThanOrEqual(132);
});

it('has a wide interval for a heavy tail, a narrow one for the middle of two humps’ larger', () => {
  const random = seededRandom(5);
  const heavy = series(60, 20, () => 1 / (1 - random.unit()));
  const [median, p99] = quantileIntervals(heavy, [0.5, 0.99]);
  const width = (interval: { low: number; high: number } | null | undefined) =>
    interval ? interval.high / interval.low : Number.NaN;
  expect(width(p99)).toBeGreaterThan(width(median));
  const humps = series(60, 20, () => (random.unit() < 0.8 ? 1 : 5) * (1 + random.unit() / 100));
  const [larger] = quantileIntervals(humps, [0.5]);
  expect(larger?.high).toBeLessThan(1.02);
});
