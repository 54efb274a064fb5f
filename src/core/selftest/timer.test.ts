import { describe, expect, it } from 'vitest';
import { judgeTimer, type TimerReadings } from './timer.ts';

const CLOCK = { step: 0.005, backwards: 0, cost: 0.0001 };
const GOOD: TimerReadings = {
  page: CLOCK,
  worker: CLOCK,
  drift: 0.01,
  doubt: 0.04,
  elapsed: 1000,
};

describe('judgeTimer', () => {
  it('passes a clock that is fine, steady and cheap', () => {
    const check = judgeTimer(GOOD);
    expect(check.passed).toBe(true);
    expect(check.sentence).toContain('resolution is 5.00 µs');
    expect(check.figures.find(({ title }) => title === 'Resolution in a worker')).toMatchObject({
      value: 0.005,
      unit: 'ms',
    });
  });

  it('passes a coarse clock, whose steps the bench bridges', () => {
    const coarse = { ...CLOCK, step: 1 };
    expect(judgeTimer({ ...GOOD, page: coarse, worker: coarse, doubt: 2.1 }).passed).toBe(true);
  });

  it.each<[string, Partial<TimerReadings>, RegExp]>([
    ['runs backwards', { worker: { ...CLOCK, backwards: 3 } }, /ran backwards 3 times/],
    ['does not advance', { page: { ...CLOCK, step: 0 } }, /does not advance in the page/],
    ['costs more than its step', { worker: { ...CLOCK, cost: 0.02 } }, /worker takes 20\.0 µs/],
    ['is slower in the worker', { drift: -30 }, /1\.00 s of the page, 970 ms/],
  ])('fails one that %s, and says so', (_, part, words) => {
    const check = judgeTimer({ ...GOOD, ...part });
    expect(check.passed).toBe(false);
    expect(check.sentence).toMatch(words);
  });

  it('forgives a drift that lies within its own doubt', () => {
    expect(judgeTimer({ ...GOOD, drift: 30, doubt: 40 }).passed).toBe(true);
  });
});
