import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../tensors/random.ts';
import { valuesOutside } from './medianInterval.ts';
import { type PairedRatio, pairedRatio, pairRounds, REPRODUCIBILITY, speedOf } from './paired.ts';
import { ar1, NOISES, series as noiseOf, normal, shareOf } from './synthetic.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const ones = (n: number) => new Array<number>(n).fill(1);
/** Ranks of the interval's ends among n independent values, counted from 1. */
const ranksOf = (n: number) => ({ low: valuesOutside(n) + 1, high: n - valuesOutside(n) });
const times = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })),
  {
    minLength: 6,
    maxLength: 50,
  },
);

describe('the ratio', () => {
  it('is the median of the ratios of each round, not a ratio of medians', () => {
    const { ratio, pairs } = pairedRatio([10, 40, 90], [10, 20, 30]);
    expect([ratio, pairs]).toEqual([2, 3]);
    expect(pairedRatio([10, 30, 20, 60], [10, 10, 20, 10]).ratio).toBe(2);
  });

  it('leaves out rounds that cannot be divided', () => {
    const broken = pairedRatio(
      [4, 0, 5, Number.NaN, 8, 1],
      [2, 1, 0, 1, 4, Number.POSITIVE_INFINITY],
    );
    expect(broken).toEqual({ ratio: 2, interval: null, pairs: 2 });
    expect(pairedRatio([], [])).toEqual({ ratio: Number.NaN, interval: null, pairs: 0 });
  });

  it('does not see a drift that both lanes share', () => {
    fc.assert(
      fc.property(times, fc.infiniteStream(fc.constantFrom(1, 2)), (pairs, drift) => {
        // Powers of two, so that nothing is rounded and the result must be identical.
        const drifts = [...drift.take(pairs.length)];
        const drifted = pairedRatio(
          pairs.map(([a], i) => a * (drifts[i] as number)),
          pairs.map(([, b], i) => b * (drifts[i] as number)),
        );
        expect(drifted).toEqual(
          pairedRatio(
            pairs.map(([a]) => a),
            pairs.map(([, b]) => b),
          ),
        );
      }),
    );
  });
});

/** P(binomial(n, 1/2) = k) for k = 0..n. */
function binomial(n: number): number[] {
  const row = [0.5 ** n];
  for (let k = 1; k <= n; k++) row.push(((row[k - 1] as number) * (n - k + 1)) / k);
  return row;
}

/** The true median lies in [X(low), X(high)] when low..high-1 of the n ratios lie below it. */
function coverage(n: number): number {
  const { low, high } = ranksOf(n);
  return binomial(n)
    .slice(low, high)
    .reduce((sum, p) => sum + p, 0);
}

describe('the interval', () => {
  it('does not exist below six pairs', () => {
    expect(upTo(5).map((n) => pairedRatio(upTo(n), ones(n)).interval)).toEqual(
      upTo(5).map(() => null),
    );
    expect(ranksOf(6)).toEqual({ low: 1, high: 6 });
  });

  it('has the ranks of the exact sign test where the approximation agrees with it', () => {
    // P(B(20) <= 5) = 0.0207 and P(B(40) <= 13) = 0.0192; one rank more would exceed 0.025.
    expect(ranksOf(20)).toEqual({ low: 6, high: 15 });
    expect(ranksOf(40)).toEqual({ low: 14, high: 27 });
  });

  it('holds the median of the sample, where there is one', () => {
    fc.assert(
      fc.property(times, (pairs) => {
        const { ratio, interval } = pairedRatio(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        expect(interval?.low ?? ratio).toBeLessThanOrEqual(ratio);
        expect(interval?.high ?? ratio).toBeGreaterThanOrEqual(ratio);
      }),
    );
  });

  it('covers 95% to 99.3% by exact count for every number of pairs up to 400', () => {
    for (const n of upTo(400).slice(5)) {
      expect(coverage(n), `${n} pairs`).toBeGreaterThanOrEqual(0.95);
      expect(coverage(n), `${n} pairs`).toBeLessThan(0.993);
    }
  });

  it('leaves at most 5% outside at every number of pairs, as its source says', () => {
    for (const n of upTo(100).slice(5)) {
      expect(coverage(n), `${n} pairs`).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('lies symmetric about the median for odd numbers of pairs too', () => {
    for (const n of upTo(101).slice(5)) {
      const { low, high } = ranksOf(n);
      expect(low - 1, `${n} pairs`).toBe(n - high);
    }
  });
});

/** Mostly near 1, sometimes far above: what a scheduler does to a time. */
const skewed = (random: Random) => Math.exp(0.2 * normal(random)) + (random.unit() < 0.1 ? 3 : 0);

function series(random: Random, rounds: number, truth: number): PairedRatio {
  let drift = 1;
  const base: number[] = [];
  const value: number[] = [];
  for (let i = 0; i < rounds; i++) {
    drift = Math.min(2, Math.max(1, drift * Math.exp(0.1 * normal(random))));
    base.push(drift * truth * skewed(random));
    value.push(drift * skewed(random));
  }
  return pairedRatio(base, value);
}

it.each([20, 40, 101])(
  'of %d rounds holds the true ratio in 93% to 98.5% of 1,000 races',
  (rounds) => {
    const random = seededRandom(rounds);
    const truth = 1.3;
    const inside = upTo(1000).filter(() => {
      const { interval } = series(random, rounds, truth);
      return interval !== null && interval.low <= truth && truth <= interval.high;
    });
    expect(inside.length).toBeGreaterThanOrEqual(930);
    expect(inside.length).toBeLessThanOrEqual(985);
  },
);

/** What a machine does to all lanes at once: it drifts by up to 2x, suddenly and slowly. */
const machine = (random: Random, rounds: number) =>
  ar1(random, rounds, 0.95).map((x, i) => Math.exp(0.3 * x) * (i > rounds / 2 ? 2 : 1));

/** Of two lanes with independent noise of a kind, on one drifting machine; the truth is `by`. */
function raced(random: Random, kind: string, rounds: number, by: number): PairedRatio {
  const shared = machine(random, rounds);
  const lane = (factor: number) =>
    noiseOf(kind, random, rounds).map((noise, i) => factor * noise * (shared[i] as number));
  return pairedRatio(lane(by), lane(1));
}

describe('two equal lanes on a drifting machine', () => {
  it.each(Object.keys(NOISES))('differ by chance in at most 7%% of races: %s', (kind) => {
    const alarms = shareOf(600, (random) => {
      const { interval } = raced(random, kind, kind === 'AR(1) of 0.9' ? 400 : 160, 1);
      return interval !== null && (interval.low > 1 || interval.high < 1);
    });
    expect(alarms).toBeLessThanOrEqual(0.07);
  });

  it.each(Object.keys(NOISES))(
    'are called different in at most 7%% of races of 160 rounds: %s',
    (kind) => {
      const alarms = shareOf(400, (random) => {
        const speed = speedOf(raced(random, kind, 160, 1));
        return speed === 'faster' || speed === 'slower';
      });
      expect(alarms).toBeLessThanOrEqual(0.07);
    },
  );
});

it.each(Object.keys(NOISES))('a lane twice as fast is found, whatever the noise: %s', (kind) => {
  const found = shareOf(100, (random) => speedOf(raced(random, kind, 160, 2)) === 'faster');
  expect(found).toBeGreaterThanOrEqual(0.97);
});

it('does not shrink as rounds come in that only repeat their neighbours', () => {
  const random = seededRandom(4);
  const values = ar1(random, 60, 0).map((x) => Math.exp(0.1 * x));
  const width = (each: readonly number[]) => {
    const { interval } = pairedRatio(each, ones(each.length));
    return interval ? interval.high - interval.low : Number.NaN;
  };
  const repeated = values.flatMap((value) => [value, value, value, value]);
  expect(width(repeated) / width(values)).toBeGreaterThan(0.8);
});

describe('rounds', () => {
  it('are paired by their number, and those of one lane only are left out', () => {
    const one = [1, 2, 3].map((round) => ({ round, median: 10 * round }));
    const other = [2, 3, 4].map((round) => ({ round, median: 5 * round }));
    expect(pairRounds(one, other)).toMatchObject({ ratio: 2, pairs: 2 });
  });
});

describe('a difference', () => {
  const within = (low: number, high: number) => speedOf({ interval: { low, high } });

  it('is one where the whole interval lies beyond what two sessions of one model differ', () => {
    expect(within(1.02, 1.3)).toBe('faster');
    expect(within(0.7, 0.98)).toBe('slower');
    expect(within(0.9, 1.3)).toBe('same');
    expect(within(1 + REPRODUCIBILITY / 2, 1.3)).toBe('same');
    expect(speedOf({ interval: null })).toBe('unclear');
  });
});
