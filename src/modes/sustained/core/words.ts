import { asTyped, clockTime, count, duration, percent, spell } from '../../../core/format.ts';
import type { Headline, HeadlinePart } from '../../../core/modes/headline.ts';
import { laneName } from '../../../core/race/lane.ts';
import { isWide } from '../../../core/stats/speedWords.ts';
import type { Interval, Milliseconds } from '../../../core/units.ts';
import type { SustainedFigures } from './figures.ts';
import type { SustainedRecord, SustainedSettings } from './record.ts';
import { paceOf, type Throttle } from './throttle.ts';

/** "29%" and "2.4%" of a change, without its sign */
const change = (ratio: number) => {
  const value = Math.abs(ratio - 1) * 100;
  return `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)}%`;
};

/** "20% to 35%", with a sign where the interval's ends have different ones */
function changes({ low, high }: Interval): string {
  const signed = (ratio: number) => `${ratio < 1 ? '−' : '+'}${change(ratio)}`;
  if (low > 1) return `${change(low)} to ${change(high)}`;
  if (high < 1) return `${change(high)} to ${change(low)}`;
  return `${signed(low)} to ${signed(high)}`;
}

function paceClause(throttle: Throttle, ranMs: Milliseconds): string {
  const { first, last, ratio, interval } = throttle;
  const times = `${duration(first)} at first, ${duration(last)} after ${spell(ranMs)}`;
  const wide = interval !== null && isWide(interval);
  const by = wide ? changes(interval) : change(ratio);
  const within = interval
    ? ` (95% interval${wide ? `; median ${change(ratio)}` : ` ${changes(interval)}`})`
    : '';
  const pace = paceOf(throttle);
  switch (pace) {
    case 'slower':
    case 'faster':
      return `${times}: ${by} ${pace}${within}.`;
    case 'same':
      return `${times}: ${wide ? '' : 'it kept its speed, '}no significant change (95% interval ${changes(interval as Interval)} in time).`;
    case 'unclear':
      return `${times}. The run is too short to tell whether that is a change.`;
  }
}

function missClause(
  { misses, batch }: SustainedFigures,
  { deadlineMs }: SustainedSettings,
): string {
  const { missed, timings, share } = misses;
  const what = batch > 1 ? 'timings' : 'inferences';
  const limit = `${asTyped(deadlineMs)} ms`;
  if (missed === 0) return `None of ${count(timings)} ${what} took longer than ${limit}.`;
  // percent() never prints less than 0.1%, which would overstate a share below it.
  return share < 0.001
    ? `${count(missed)} of ${count(timings)} ${what} took longer than ${limit}.`
    : `${percent(share)} of ${count(timings)} ${what} took longer than ${limit}.`;
}

/** The sentence that says what a run found; null until there is a slice of either end. */
export function sustainedHeadline(
  { lane, died }: SustainedRecord,
  settings: SustainedSettings,
  figures: SustainedFigures,
): Headline | null {
  const { throttle, onset, ranMs } = figures;
  const ended: HeadlinePart[] = died
    ? [{ text: ` It ended after ${spell(ranMs)}: ${died.message}` }]
    : [];
  if (!throttle) {
    return died
      ? {
          sentence: [{ text: laneName(lane), lane }, { text: ` did not run: ${died.message}` }],
          evidence: '',
        }
      : null;
  }
  const since = onset ? `It became slower at ${clockTime(onset.at)}. ` : '';
  return {
    sentence: [
      { text: laneName(lane), lane },
      { text: `: ${paceClause(throttle, ranMs)} ${missClause(figures, settings)}` },
      ...ended,
    ],
    evidence: `${since}At first means the first ${spell(throttle.firstMs)}, “after” means the last quarter; both are medians of one-second slices${
      throttle.interval ? ', the interval is from resampled slices' : ''
    }.`,
  };
}
