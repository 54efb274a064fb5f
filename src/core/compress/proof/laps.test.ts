import { describe, expect, it } from 'vitest';
import { Laps } from './laps.ts';

const MEMORY = { heap: 0, gpu: null, gpuPeak: null };

function laps(lanes: Readonly<Record<string, readonly number[]>>) {
  const found = new Laps();
  for (const [lane, rounds] of Object.entries(lanes)) {
    rounds.forEach((median, round) => {
      const ms = Float64Array.of(median, median * 9, median / 9);
      found.apply({ kind: 'turn', lane, round, at: round, ms, batch: 1, memory: MEMORY });
    });
  }
  return found;
}

const times = (count: number, ms: number) => new Array<number>(count).fill(ms);

describe('Laps', () => {
  it('pairs rounds, and leaves those out in which either warms', () => {
    const [first, second] = laps({
      a: [...times(4, 80), ...times(30, 10)],
      b: [...times(9, 90), ...times(25, 5)],
    }).result(['a', 'b']);
    expect(first).toMatchObject({ ms: 10, speedup: { ratio: 1, pairs: 30 } });
    expect(second).toMatchObject({ ms: 5, speedup: { ratio: 2, pairs: 25 } });
    expect(second?.speedup.interval).toEqual({ low: 2, high: 2 });
  });

  it('takes the second half of few rounds, and gives no interval for them', () => {
    const [, second] = laps({ a: [40, 10, 10, 10], b: [90, 30, 20, 20] }).result(['a', 'b']);
    expect(second).toMatchObject({ ms: 20, speedup: { ratio: 0.5, interval: null, pairs: 2 } });
  });

  it('cancels what slows both down', () => {
    const drift = Array.from({ length: 40 }, (_, i) => 10 + (i % 7));
    const [, second] = laps({ a: drift, b: drift.map((ms) => ms / 4) }).result(['a', 'b']);
    expect(second?.speedup.ratio).toBeCloseTo(4, 12);
  });

  it('ends with a lane that fails', () => {
    const found = laps({});
    const error = { name: 'OutOfMemoryError', message: 'The lane ran out of memory.' };
    expect(() => found.apply({ kind: 'died', lane: 'a', error })).toThrow(/out of memory/);
  });
});
