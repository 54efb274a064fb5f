import { duration, percent, ratio as times } from '../format.ts';
import { type PairedRatio, REPRODUCIBILITY, speedOf } from '../stats/paired.ts';
import { medianOf } from '../stats/quantiles.ts';
import type { Fraction, Interval, Milliseconds } from '../units.ts';
import { allowedByChance, EXPECTED, within } from './judge.ts';
import type { Check } from './selftest.ts';

/** Fewer sessions give no interval of 95% for their median. */
const MIN_SESSIONS = 6;

const isRatio = (ratio: number | undefined): ratio is number =>
  ratio !== undefined && Number.isFinite(ratio) && ratio > 0;

/** Geometric means of neighbours, of which one opened the one lane first and one the other. */
function couples(ratios: readonly number[]): number[] {
  return ratios.flatMap((ratio, i) => {
    const next = ratios[i + 1];
    return i % 2 === 0 && isRatio(ratio) && isRatio(next) ? [Math.sqrt(ratio * next)] : [];
  });
}

/**
 * How the same thing, measured in sessions that each start anew, comes out: the median of couples,
 * so that what the lane opened first has easier cancels, and the smallest and largest session as
 * its interval.
 *
 * @param ratios one for each session, in order; every second one opened its lanes the other way
 *   round; NaN where one failed Of six sessions or more these hold the true median in at
 * least 1 - 2 / 2^6 = 96.9% of cases (Conover, Practical Nonparametric Statistics, section 3.2).
 */
export function acrossSessions(ratios: readonly number[]): {
  readonly ratio: number;
  readonly interval: Interval | null;
} {
  const known = ratios.filter(Number.isFinite);
  const interval =
    known.length < MIN_SESSIONS ? null : { low: Math.min(...known), high: Math.max(...known) };
  const whole = couples(ratios);
  return { ratio: medianOf(whole.length > 0 ? whole : known), interval };
}

/** True where the bench would call two lanes different. */
const callsDifferent = (race: PairedRatio) => speedOf(race) !== 'same';

const asFigures = (title: string, races: readonly PairedRatio[]): Check['figures'] =>
  races.map(({ ratio, interval }, i) => ({
    title: `${title} ${i + 1}`,
    value: ratio,
    unit: '×',
    interval,
  }));

const usable = (races: readonly PairedRatio[]) => races.filter(({ ratio }) => isRatio(ratio));

/** How far ratios of a thing to itself lie from 1, either way. */
export function bias(races: readonly Pick<PairedRatio, 'ratio'>[]): {
  readonly median: Fraction;
  readonly largest: Fraction;
} {
  const off = races.map(({ ratio }) => Math.abs(ratio - 1));
  return { median: medianOf(off), largest: Math.max(...off) };
}

/**
 * Judges races of a model against itself: a difference that they call real is none.
 * @param races each one's ratio, with the interval that the bench would show
 */
export function judgeNullRaces(races: readonly PairedRatio[]): Check {
  const counted = usable(races).filter(({ interval }) => interval !== null);
  const base = { id: 'null-race', title: 'A model against itself' } as const;
  if (counted.length < MIN_SESSIONS) {
    return {
      ...base,
      passed: null,
      sentence: `Only ${counted.length} of the ${races.length} races gave a ratio with an interval; ${MIN_SESSIONS} are needed.`,
      figures: asFigures('Race', usable(races)),
    };
  }
  const different = counted.filter(callsDifferent).length;
  const allowed = allowedByChance(counted.length);
  const { median, largest } = bias(counted);
  const found = `In ${different === 0 ? 'none' : different} of ${counted.length} races the bench called a model different from itself; chance explains up to ${allowed}.`;
  return {
    ...base,
    passed: different <= allowed,
    sentence: `${found} The ratios differed from 1 by ${percent(median)} in the median and ${percent(largest)} at most: lanes that differ by no more than that may be equal on this device. The bench does not call a difference significant if it may be under ${percent(REPRODUCIBILITY)}.`,
    figures: [
      { title: 'Called different', value: different, unit: '', interval: null },
      { title: 'Off by, median', value: median * 100, unit: '%', interval: null },
      { title: 'Off by, at most', value: largest * 100, unit: '%', interval: null },
      ...asFigures('Race', counted),
    ],
  };
}

/**
 * Judges what the harness adds: a lane's time over that of a loop written by hand.
 * @param races one ratio for each session
 */
export function judgeOverhead(races: readonly PairedRatio[]): Check {
  const counted = usable(races);
  const band = EXPECTED.overhead;
  const { ratio, interval } = acrossSessions(races.map((race) => race.ratio));
  const passed = within(ratio, interval, band);
  const base = { id: 'overhead', title: 'The harness against the baseline loop', passed } as const;
  if (!interval) {
    return {
      ...base,
      sentence: `Only ${counted.length} of the ${races.length} races gave a ratio; ${MIN_SESSIONS} are needed.`,
      figures: asFigures('Race', counted),
    };
  }
  const found = `A lane takes ${times(ratio)} the time of a baseline loop around the same model`;
  const ends = {
    true: `: measuring adds nothing noticeable. The ${counted.length} sessions lay between ${times(interval.low)} and ${times(interval.high)}.`,
    false: `, in each of ${counted.length} sessions outside ${times(band.low)} to ${times(band.high)}: the harness’s own time is in every latency here.`,
    null: `, but ${counted.length} sessions lay between ${times(interval.low)} and ${times(interval.high)}, too far apart to tell. Close other programs and test again.`,
  } as const;
  return {
    ...base,
    sentence: found + ends[`${passed}`],
    figures: [
      { title: 'Median', value: ratio, unit: '×', interval },
      ...asFigures('Race', counted),
    ],
  };
}

/** A chain of products, and one of twice as many. */
export interface DoubledWork {
  readonly ratio: PairedRatio;
  /** Medians of the short chain and of the long one; null until steady. */
  readonly short: Milliseconds | null;
  readonly long: Milliseconds | null;
}

/** Judges whether twice the work takes twice the time. */
export function judgeKnownCost({ ratio: { ratio, interval }, short, long }: DoubledWork): Check {
  const band = EXPECTED['known-cost'];
  const passed = Number.isFinite(ratio) ? within(ratio, interval, band) : null;
  const base = { id: 'known-cost', title: 'Twice the work', passed } as const;
  if (!interval || short === null || long === null) {
    return {
      ...base,
      passed: null,
      sentence: 'The chains took too few turns to tell.',
      figures: [],
    };
  }
  const found = `Twice as many matrix products took ${times(ratio)} the time (${duration(short)} and ${duration(long)})`;
  const ends = {
    true: ', as they must.',
    false: `; anything outside ${times(band.low)} to ${times(band.high)} means that times here do not scale with the work.`,
    null: `, but the interval reaches from ${times(interval.low)} to ${times(interval.high)}: too uncertain to tell. Close other programs and test again.`,
  } as const;
  return {
    ...base,
    sentence: found + ends[`${passed}`],
    figures: [
      { title: 'Ratio', value: ratio, unit: '×', interval },
      { title: 'The chain', value: short, unit: 'ms', interval: null },
      { title: 'The chain twice as long', value: long, unit: 'ms', interval: null },
    ],
  };
}
