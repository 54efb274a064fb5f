import { expect, it } from 'vitest';
import { type Random, seededRandom } from '../tensors/random.ts';
import type { Interval } from '../units.ts';
import { quantileIntervals } from './bootstrap.ts';
import { quantile, sorted } from './quantiles.ts';
import { ar1, normal, shareOf } from './synthetic.ts';

const series = (turns: number, each: number, sample: (turn: number) => number) =>
  Array.from({ length: turns }, (_, turn) =>
    Float64Array.from({ length: each }, () => sample(turn)),
  );

const intervals = (turns: readonly Float64Array[], ...shares: number[]) =>
  quantileIntervals(turns, sorted(turns.flatMap((turn) => [...turn])), shares);

it('is the value itself where all samples are equal', () => {
  const found = intervals(
    series(60, 10, () => 3),
    0.5,
    0.99,
  );
  expect(found).toEqual([
    { low: 3, high: 3 },
    { low: 3, high: 3 },
  ]);
});

it('says nothing of fewer than 8 turns, nor of a tail with too few samples beyond', () => {
  const random = seededRandom(1);
  expect(
    intervals(
      series(7, 50, () => normal(random)),
      0.5,
    ),
  ).toEqual([null]);
  const [median, p99] = intervals(
    series(40, 5, () => normal(random)),
    0.5,
    0.99,
  );
  expect(median).not.toBeNull();
  expect(p99).toBeNull();
});

it('gives the same for the same turns, and grows with the quantile', () => {
  const random = seededRandom(3);
  const turns = series(60, 20, () => Math.exp(0.3 * normal(random)));
  const [median, p95] = intervals(turns, 0.5, 0.95);
  expect(intervals(turns, 0.5, 0.95)).toEqual([median, p95]);
  expect(p95?.low).toBeGreaterThan(median?.high ?? 0);
});

/** Standard deviation, in logarithms, of samples about their turn and of turns. */
interface Kind {
  readonly own: number;
  readonly turns: number;
  readonly rho: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'independent samples': { own: 0.2, turns: 0, rho: 0 },
  'turns that are slow as a whole': { own: 0.2, turns: 0.3, rho: 0 },
  'turns that resemble their neighbours, AR(1) of 0.5': { own: 0.2, turns: 0.2, rho: 0.5 },
  'turns that resemble their neighbours, AR(1) of 0.9': { own: 0.2, turns: 0.2, rho: 0.9 },
};

function turnsOf({ own, turns, rho }: Kind, random: Random, count: number): Float64Array[] {
  const levels = ar1(random, count, rho).map((x) => turns * x);
  return series(count, 20, (turn) => Math.exp((levels[turn] ?? 0) + own * normal(random)));
}

const holds = (interval: Interval | null | undefined, truth: number) =>
  // Where there is none, nothing false is said.
  !interval || (interval.low <= truth && truth <= interval.high);

// 240 turns that resemble their neighbours as AR(1) of 0.9 are worth some 20.
it.each(Object.keys(KINDS))('holds the true median, p95 and p99 of %s', (name) => {
  const kind = KINDS[name] as Kind;
  const deviation = Math.hypot(kind.own, kind.turns);
  // Standard normal quantiles of the three.
  for (const [share, z] of [
    [0.5, 0],
    [0.95, 1.6449],
    [0.99, 2.3263],
  ] as const) {
    const inside = shareOf(100, (random) => {
      const [interval] = intervals(turnsOf(kind, random, 240), share);
      return holds(interval, Math.exp(deviation * z));
    });
    expect(inside, `quantile ${share}`).toBeGreaterThanOrEqual(kind.rho > 0.8 ? 0.78 : 0.85);
  }
});

it('has a wide interval for a heavy tail, a narrow one for the middle of two humps’ larger', () => {
  const random = seededRandom(5);
  const heavy = series(60, 20, () => 1 / (1 - random.unit()));
  const [median, p99] = intervals(heavy, 0.5, 0.99);
  const width = (interval: Interval | null | undefined) =>
    interval ? interval.high / interval.low : Number.NaN;
  expect(width(p99)).toBeGreaterThan(width(median));
  const humps = series(60, 20, () => (random.unit() < 0.8 ? 1 : 5) * (1 + random.unit() / 100));
  const [larger] = intervals(humps, 0.5);
  expect(larger?.high).toBeLessThan(1.02);
});

it('is near what resampling the samples themselves gives', () => {
  const random = seededRandom(9);
  const turns = turnsOf({ own: 0.2, turns: 0.2, rho: 0 }, random, 80);
  const medians = Float64Array.from({ length: 800 }, () => {
    const drawn = turns.flatMap(() => [...(turns[random.int(0, 79)] as Float64Array)]);
    return quantile(sorted(drawn), 0.5);
  }).sort();
  const [found] = intervals(turns, 0.5);
  const width = quantile(medians, 0.975) - quantile(medians, 0.025);
  expect(((found?.high ?? 0) - (found?.low ?? 0)) / width).toBeGreaterThan(0.8);
  expect(((found?.high ?? 0) - (found?.low ?? 0)) / width).toBeLessThan(1.35);
});
