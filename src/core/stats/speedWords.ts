import { count, figure, roughly } from '../format.ts';
import type { Fraction, Interval } from '../units.ts';
import { halfWidth } from './enough.ts';
import { MIN_WORTH } from './medianInterval.ts';
import { type PairedRatio, type Speed, speedOf } from './paired.ts';

/**
 * From this half width on, as a share of its middle, an interval is said instead of the figure:
 * "1.72 times as fast" alone would look known where it may be 4.68.
 */
const WIDE: Fraction = 0.1;

export const isWide = (interval: Interval): boolean => halfWidth(interval) > WIDE;

/** How a paired ratio is said: the sentence and its interval in one direction and one unit. */
export interface SpeedWords {
  readonly speed: Speed;
  /** "is 1.50 times as fast as", "takes 1.45 times as long as", "shows no … difference … from". */
  readonly claim: readonly [says: string, to: 'as' | 'from'];
  /** "1.50 times as fast", of a slower one "1.45 times as long"; the range where that is wide. */
  readonly times: string;
  /** "95% interval 1.40 to 1.60 times as fast"; null where there is none. */
  readonly interval: string | null;
}

/** "1.40 to 1.60" */
export const ends = ({ low, high }: Interval): string => `${figure(low)} to ${figure(high)}`;

export function speedWords(speedup: PairedRatio): SpeedWords {
  const speed = speedOf(speedup);
  const longer = speed === 'slower' || (speed === 'unclear' && speedup.ratio < 1);
  const { ratio, interval } = longer ? turned(speedup) : speedup;
  const unit = longer ? 'times as long' : 'times as fast';
  const wide = interval !== null && isWide(interval);
  const value = wide ? ends(interval) : interval ? figure(ratio) : `about ${roughly(ratio)}`;
  const times = `${value} ${unit}`;
  return {
    speed,
    claim:
      speed === 'same'
        ? ['shows no significant difference in speed', 'from']
        : [`${longer ? 'takes' : 'is'} ${times}`, 'as'],
    times,
    interval:
      interval &&
      `95% interval ${ends(interval)} ${unit}${wide ? `, median ${figure(ratio)}` : ''}`,
  };
}

/**
 * A ratio of too few rounds, with the range in which they lay.
 * @returns "is provisionally about 1.7 times as fast" and "1.60 to 1.90 times as fast"
 */
export function provisionalWords(
  ratio: number,
  range: Interval,
): { readonly claim: SpeedWords['claim']; readonly range: string } {
  const longer = ratio < 1;
  const own = longer ? { low: 1 / range.high, high: 1 / range.low } : range;
  const middle = `about ${roughly(longer ? 1 / ratio : ratio)}`;
  const told = `${ends(own)} times as ${longer ? 'long' : 'fast'}`;
  const value = isWide(range) ? told : `${middle} times as ${longer ? 'long' : 'fast'}`;
  return {
    claim: [`${longer ? 'provisionally takes' : 'is provisionally'} ${value}`, 'as'],
    range: isWide(range) ? `${told}, median ${middle},` : told,
  };
}

/** Whether no interval of so many rounds exists, however they came out. */
export const isFewRounds = ({ pairs }: Pick<PairedRatio, 'pairs'>): boolean => pairs < MIN_WORTH;

/** Why a ratio has no interval, as a sentence without its full stop. */
export const whyNoInterval = ({ pairs }: Pick<PairedRatio, 'pairs'>): string =>
  isFewRounds({ pairs })
    ? `Too few rounds (${pairs}) for an interval`
    : `No interval: the ${count(pairs)} rounds are so correlated that they count as fewer than ${MIN_WORTH} independent ones`;

/** The same ratio the other way round. */
function turned({ ratio, interval, pairs }: PairedRatio): PairedRatio {
  return {
    ratio: 1 / ratio,
    interval: interval && { low: 1 / interval.high, high: 1 / interval.low },
    pairs,
  };
}
