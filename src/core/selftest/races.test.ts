import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PairedRatio } from '../stats/paired.ts';
import { acrossSessions, judgeKnownCost, judgeNullRaces, judgeOverhead } from './races.ts';

/** A ratio with an interval of ± `half` of it. */
const race = (ratio: number, half = 0.004): PairedRatio => ({
  ratio,
  interval: { low: ratio * (1 - half), high: ratio * (1 + half) },
  pairs: 40,
});
const UNKNOWN: PairedRatio = { ratio: Number.NaN, interval: null, pairs: 0 };
const SAME = [1.002, 0.997, 1.001, 1.004, 0.995, 1].map((ratio) => race(ratio));

describe('judgeNullRaces', () => {
  it('passes where no difference, or as few as chance brings, is called one', () => {
    const check = judgeNullRaces(SAME);
    expect(check.passed).toBe(true);
    expect(check.sentence).toMatch(/^In none of 6 races .* by 0\.3% .* 0\.5% at most/);
    expect(judgeNullRaces([...SAME.slice(1), race(1.2)]).passed).toBe(true);
  });

  it('fails where chance does not explain the differences', () => {
    const check = judgeNullRaces([...SAME.slice(2), race(1.2), race(0.8)]);
    expect(check.passed).toBe(false);
    expect(check.sentence).toMatch(/^In 2 of 6 races .* up to 1/);
    expect(check.figures[0]).toMatchObject({ title: 'Called different', value: 2 });
  });

  it('says nothing where too few races gave an interval', () => {
    const check = judgeNullRaces([...SAME.slice(1), UNKNOWN]);
    expect(check.passed).toBeNull();
    expect(check.sentence).toContain('Only 5 of the 6 races');
    for (const { value } of check.figures) expect(value).not.toBeNaN();
  });
});

describe('judgeOverhead', () => {
  it('passes a harness that adds nothing, with the sessions as interval', () => {
    const check = judgeOverhead(SAME);
    expect(check.passed).toBe(true);
    expect(check.figures[0]).toMatchObject({
      title: 'Median',
      unit: '×',
      interval: { low: 0.995, high: 1.004 },
    });
  });

  it('fails one that adds 5% in every session', () => {
    const check = judgeOverhead(SAME.map(({ ratio }) => race(ratio * 1.05)));
    expect(check.passed).toBe(false);
    expect(check.sentence).toContain('1.05× the time');
  });

  it('leaves open what sessions disagree on', () => {
    const check = judgeOverhead([0.8, 0.9, 1, 1, 1.2, 1.3].map((ratio) => race(ratio)));
    expect(check.passed).toBeNull();
    expect(check.sentence).toContain('0.800× and 1.30×');
    expect(judgeOverhead([UNKNOWN, ...SAME.slice(1)]).passed).toBeNull();
  });
});

describe('acrossSessions', () => {
  it('cancels what the lane gains that is opened first, however many sessions there are', () => {
    const ratios = (count: number) =>
      Array.from({ length: count }, (_, i) => 0.95 ** (1 - 2 * (i % 2)));
    for (const count of [6, 7, 9, 10]) expect(acrossSessions(ratios(count)).ratio).toBeCloseTo(1);
    // A couple that lacks one says nothing of it.
    expect(acrossSessions([0.95, 1 / 0.95, Number.NaN, 1.3, 0.95, 1 / 0.95]).ratio).toBeCloseTo(1);
  });

  it('holds the true median of six sessions in about 97% of cases', () => {
    let held = 0;
    let all = 0;
    const noise = fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), noise, (above, size) => {
        // Only the side of the truth matters: each session lies above or below it by a coin toss.
        const ratios = above.map((up) => 1 + (up ? 1 : -1) * (0.01 + Math.abs(size)));
        const { interval } = acrossSessions(ratios);
        if (interval && interval.low <= 1 && interval.high >= 1) held++;
        all++;
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(held / all).toBeGreaterThan(0.94);
  });
});

describe('judgeKnownCost', () => {
  const work = (ratio: PairedRatio) => judgeKnownCost({ ratio, short: 10, long: 20 });

  it('passes twice the time for twice the work', () => {
    const check = work(race(1.98));
    expect(check.passed).toBe(true);
    expect(check.sentence).toBe(
      'Twice as many matrix products took 1.98× the time (10.0 ms and 20.0 ms), as they must.',
    );
  });

  it('fails where time does not grow with the work', () => {
    expect(work(race(1.5, 0.05)).passed).toBe(false);
    expect(work(race(2.6, 0.05)).passed).toBe(false);
  });

  it('leaves open what is too uncertain, or was not measured', () => {
    expect(work({ ...race(2), interval: { low: 1.1, high: 3 } }).passed).toBeNull();
    expect(work(UNKNOWN)).toMatchObject({ passed: null, figures: [] });
    const unsteady = judgeKnownCost({ ratio: race(2), short: null, long: 20 });
    expect(unsteady).toMatchObject({ passed: null, figures: [] });
  });
});
