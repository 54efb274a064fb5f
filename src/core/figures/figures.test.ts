import { describe, expect, it } from 'vitest';
import { laneRecord, raceRecord, times } from '../race/testing.ts';
import { headlineOf } from '../report/headline.ts';
import { fastest, figuresOf } from './figures.ts';

const here = {
  device: 'unknown',
  cores: 4,
  softwareGpu: false,
  calibration: null,
  timerStep: 0.005,
} as const;
const figures = (...lanes: Parameters<typeof raceRecord>[0]) => figuresOf(raceRecord(lanes), here);
const said = (...lanes: Parameters<typeof raceRecord>[0]) => {
  const headline = headlineOf(figures(...lanes), 'digits', false);
  return headline && `${headline.sentence.map(({ text }) => text).join('')} ${headline.evidence}`;
};

const equal = { compared: 100, sameTop: 100, signal: 1e4, noise: 1, maxAbs: 1, notFinite: 0 };
const reference = (ms = 2) => laneRecord('fp32/wasm*', times(40, ms));
const int8 = (ms: number, more: Parameters<typeof laneRecord>[2] = {}) =>
  laneRecord('int8/wasm', times(40, ms), { fidelity: equal, variant: { bytes: 250 }, ...more });

describe('figuresOf', () => {
  it('calls no lane of a model wrong that draws random numbers, and times it', () => {
    const random = { operator: 'RandomNormalLike', node: 'eps' };
    const other = { ...equal, sameTop: 10, noise: 2e4 };
    const lanes = [
      laneRecord('fp32/wasm*', times(40, 2), { variant: { random }, repeats: other }),
      int8(1, { variant: { random }, repeats: other, fidelity: other }),
    ] as const;
    for (const lane of figures(...lanes)) {
      expect(lane.correctness.state).toBe('random');
      expect(lane).toMatchObject({ agreement: null, compared: 0 });
    }
    expect(said(...lanes)).toMatch(
      /int8 on WASM is 2\.00 times as fast .* Answers cannot be compared: RandomNormalLike \(“eps”\) draws new random numbers in every run\.$/,
    );
  });

  it('has no figure for a lane that is not steady', () => {
    const [lane] = figures(laneRecord('fp32/wasm*', [5, 4, 3]));
    expect(lane).toMatchObject({ steady: null, energy: null, steadyAt: 3 });
  });

  describe('of a race too short to tell warm-up from steady running', () => {
    const twelve = [131, 104, 92, 90, 88, 91, 90, 93, 89, 90, 92, 90];
    const half = twelve.map((ms) => ms / 2);

    it('are provisional: a median of what looks steady, with its range', () => {
      const [lane] = figures(laneRecord('fp32/wasm*', twelve));
      expect(lane).toMatchObject({ steady: null, speedup: null, energy: null, steadyAt: 12 });
      expect(lane?.early).toMatchObject({
        turns: 12,
        from: 2,
        median: expect.closeTo(90, 0),
        range: { low: 88, high: 93 },
        speedup: null,
      });
      expect(lane?.early?.energy?.marginal.low).toBeGreaterThan(0);
    });

    it('hold a lane against the reference, round by round', () => {
      const [, lane] = figures(laneRecord('fp32/wasm*', twelve), laneRecord('int8/wasm', half));
      expect(lane?.early?.speedup).toEqual({ ratio: 2, range: { low: 2, high: 2 }, rounds: 10 });
    });

    it('begin with the third run that looks steady, and have a range before', () => {
      const early = (...turns: number[]) => figures(laneRecord('fp32/wasm*', turns))[0]?.early;
      expect(early()).toBeNull();
      expect(early(90)).toMatchObject({ turns: 1, median: null, range: { low: 90, high: 90 } });
      expect(early(90, 91)?.median).toBeNull();
      expect(early(90, 91, 92)?.median).toBe(91);
      expect(early(300, 120, 91, 92)).toMatchObject({
        median: null,
        range: { low: 91, high: 300 },
      });
      expect(early(300, 120, 91, 92, 90)).toMatchObject({ median: 91, from: 2 });
    });

    it('are none once a lane is steady', () => {
      expect(figures(laneRecord('fp32/wasm*', times(16, 90)))[0]?.early).toBeNull();
    });

    it('are said as provisional, with why', () => {
      expect(said(laneRecord('fp32/wasm*', twelve))).toBe(
        'On this device fp32 on WASM provisionally takes about 90 ms per inference; the model is 1.00 KB. Provisional: 88.0 to 93.0 ms in 10 turns that look steady. 12 are too few to tell warm-up from steady state: race longer, until there are 16.',
      );
      expect(
        said(
          laneRecord('fp32/wasm*', twelve),
          laneRecord('int8/wasm', half, { fidelity: equal, variant: { bytes: 250 } }),
        ),
      ).toMatch(
        /^On this device int8 on WASM is provisionally about 2 times as fast as fp32 on WASM, is 4\.00 times smaller and agrees with it on 100% of 100 digits\. Provisional: 2\.00 to 2\.00 times as fast in 10 rounds that look steady\. 12 are too few/,
      );
    });
  });

  it('of a short race are said as a range where that is wide', () => {
    const wild = [100, 170, 90, 160, 95];
    const said1 = said(laneRecord('fp32/wasm*', wild));
    expect(said1).toContain('provisionally takes 90.0 to 170 ms per inference');
    const steadyOnes = [50, 50, 50, 50, 50];
    expect(said(laneRecord('fp32/wasm*', wild), laneRecord('int8/wasm', steadyOnes))).toMatch(
      /is provisionally 1\.80 to 3\.40 times as fast as fp32 on WASM.* median about 2, in 5 rounds/,
    );
  });

  /** Two humps, so that nothing is exactly equal. */
  const humps = Float64Array.from({ length: 60 }, (_, i) => 2 + (i % 2) / 10 + (i % 7) / 100);

  it('has intervals once the race is over, and none while it runs', () => {
    const record = raceRecord([laneRecord('fp32/wasm*', [...humps])]);
    expect(figuresOf(record, here)[0]?.steady?.intervals).toBeNull();
    const [lane] = figuresOf({ ...record, phase: 'done' }, here);
    const { median, intervals } = lane?.steady ?? {};
    expect(intervals?.median?.low).toBeLessThanOrEqual(median ?? 0);
    expect(intervals?.median?.high).toBeGreaterThanOrEqual(median ?? 0);
    // Of 60 samples none lies surely beyond the 99th percentile.
    expect(intervals?.p99).toBeNull();
  });

  it('tells of a drift: 12% slower from its first turn to its last', () => {
    const [lane] = figures(
      laneRecord(
        'fp32/wasm*',
        times(60, 2).map((ms, i) => ms * 1.12 ** (i / 59)),
      ),
    );
    expect(lane?.steady?.drift?.change).toBeCloseTo(0.12, 6);
  });

  it('counts turns that were left out, by what spoiled them', () => {
    const excluded = [
      { round: 3, why: 'hidden' },
      { round: 4, why: 'hidden' },
      { round: 9, why: 'clock' },
    ] as const;
    const [lane] = figures(laneRecord('fp32/wasm*', times(40, 2), { excluded }));
    expect(lane?.excluded).toEqual({ hidden: 2, clock: 1 });
  });

  it('pairs only rounds in which both lanes were steady', () => {
    const late = laneRecord('int8/wasm', [...times(15, 9), ...times(25, 1)], { fidelity: equal });
    const [, lane] = figures(reference(), late);
    expect(lane?.speedup).toMatchObject({ ratio: 2, pairs: 25, interval: { low: 2, high: 2 } });
  });

  it('estimates energy from the median: 2 ms at 16 W above idle, within a factor of 3', () => {
    const [lane] = figures(reference());
    expect(lane?.energy?.marginal.low).toBeCloseTo(0.032 / 3, 12);
    expect(lane?.energy?.marginal.high).toBeCloseTo(0.032 * 3, 12);
    expect(lane?.energy?.tier).toBe('unknown');
  });
});

describe('the fastest lane', () => {
  it('is never a wrong one', () => {
    const all = figures(reference(), int8(1, { fidelity: { ...equal, noise: 1e5 } }));
    expect(all[1]?.correctness.state).toBe('wrong');
    expect(fastest(all)?.lane.id).toBe('fp32/wasm');
  });

  it('is never one that dropped out', () => {
    const error = { name: 'LaneDiedError', message: 'gone' };
    const all = figures(reference(), int8(1, { state: { name: 'died', error } }));
    expect(fastest(all)?.lane.id).toBe('fp32/wasm');
  });
});

describe('the headline', () => {
  it('says nothing before a lane is steady', () => {
    expect(said(laneRecord('fp32/wasm*', [1]))).toBeNull();
  });

  it('says how many times as fast, with size, agreement, interval and rounds', () => {
    expect(said(reference(), int8(1))).toBe(
      'On this device int8 on WASM is 2.00 times as fast as fp32 on WASM, is 4.00 times smaller and agrees with it on 100% of 100 digits. 95% interval 2.00 to 2.00 times as fast, from 40 interleaved rounds.',
    );
  });

  it('says when the other is slower', () => {
    expect(said(reference(1), int8(2))).toContain('int8 on WASM takes 2.00 times as long');
  });

  it('says when no difference is significant', () => {
    const wobbly = laneRecord(
      'int8/wasm',
      times(40, 0).map((_, i) => (i % 2 ? 1.9 : 2.1)),
      {
        fidelity: equal,
      },
    );
    expect(said(reference(), wobbly)).toContain('no significant difference in speed from fp32');
  });

  it('names a wrong lane and lets it not win', () => {
    const text = said(reference(), int8(1, { fidelity: { ...equal, notFinite: 3 } }));
    expect(text).toContain('fp32 on WASM takes 2.00 ms per inference');
    expect(text).toContain('int8 on WASM is wrong and cannot win');
  });
});

it('judges a pruned float file by what it lost, not by float32’s standards', () => {
  const coarse = { ...equal, noise: 100 };
  const state = (pruned: boolean) => {
    const cut = { variant: { precision: 'fp32', pruned }, fidelity: coarse } as const;
    return figures(reference(), laneRecord('cut/wasm', times(40, 2), cut))[1]?.correctness.state;
  };
  expect(state(false)).toBe('wrong');
  expect(state(true)).toBe('right');
});
