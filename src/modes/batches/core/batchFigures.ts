import { duration, figure, rate, roughly } from '../../../core/format.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import { laneName } from '../../../core/race/lane.ts';
import { medianInterval } from '../../../core/stats/medianInterval.ts';
import { steppedMedian } from '../../../core/stats/quantiles.ts';
import { ends, isWide } from '../../../core/stats/speedWords.ts';
import type { Interval, Milliseconds } from '../../../core/units.ts';
import type { BatchPoint, BatchRecord } from './record.ts';

/** What one batch size says. */
export interface BatchFigures {
  readonly batch: number;
  /** Median time of one inference of the whole batch: what each of its inputs waits for. */
  readonly ms: Milliseconds;
  readonly msInterval: Interval | null;
  readonly perItem: Milliseconds;
  /** Inputs answered per second. */
  readonly perSecond: number;
  readonly perSecondInterval: Interval | null;
  readonly samples: number;
  readonly point: BatchPoint;
}

/** Sizes that ran, in rising order. */
export function batchFigures({ points }: BatchRecord): BatchFigures[] {
  return points
    .filter(({ error, ms }) => error === null && ms.length > 0)
    .sort((a, b) => a.batch - b.batch)
    .map((point) => {
      const { batch, ms: times } = point;
      const ms = steppedMedian(times);
      const msInterval = medianInterval(times);
      const rateOf = (each: Milliseconds) => (1000 * batch) / each;
      return {
        batch,
        ms,
        msInterval,
        perItem: ms / batch,
        perSecond: rateOf(ms),
        perSecondInterval: msInterval && {
          low: rateOf(msInterval.high),
          high: rateOf(msInterval.low),
        },
        samples: times.length,
        point,
      };
    });
}

/** A throughput this near to the highest is as good, and its answers come sooner. */
const AS_GOOD = 0.95;

/** The smallest size with 95% of the highest throughput. */
export function enoughBatch(figures: readonly BatchFigures[]): BatchFigures | null {
  const most = Math.max(...figures.map(({ perSecond }) => perSecond));
  return figures.find(({ perSecond }) => perSecond >= AS_GOOD * most) ?? null;
}

/** How many times as many inputs are answered per second as one at a time. */
interface Gain {
  readonly ratio: number;
  /** The ends of both throughputs divided: at least as wide as 95%. null where either has none. */
  readonly interval: Interval | null;
}

function gainOf(enough: BatchFigures, one: BatchFigures): Gain {
  const [own, other] = [enough.perSecondInterval, one.perSecondInterval];
  return {
    ratio: enough.perSecond / one.perSecond,
    interval: own && other && { low: own.low / other.high, high: own.high / other.low },
  };
}

/** Whether it may be a loss as well. */
const isUnclear = ({ interval }: Gain): boolean =>
  interval !== null && interval.low <= 1 && interval.high >= 1;

/** "3.20 times as many"; the range where it is known no better. */
function gainText({ ratio, interval }: Gain): string {
  if (!interval) return `about ${roughly(ratio)} times as many`;
  return `${isWide(interval) ? ends(interval) : figure(ratio)} times as many`;
}

function gainEvidence({ ratio, interval }: Gain): string {
  if (!interval) return 'There were too few inferences for an interval. ';
  const median = isWide(interval) ? `, median ${figure(ratio)}` : '';
  return `95% interval ${ends(interval)} times as many${median}. `;
}

const inputs = (batch: number) => (batch === 1 ? 'one input' : `${batch} inputs`);

/** The sentence that says what batches did; null before the first size ran. */
export function batchHeadline(
  record: BatchRecord,
  figures: readonly BatchFigures[],
): Headline | null {
  const { lane, died, points } = record;
  const [one] = figures;
  const enough = enoughBatch(figures);
  const refused = points.filter(({ error }) => error !== null);
  const failed = refused.map(
    ({ batch, error }) => `${inputs(batch)} at once failed: ${error?.message}`,
  );
  if (!one || !enough) {
    const why = died?.message ?? failed[0];
    return why
      ? {
          sentence: [{ text: laneName(lane), lane }, { text: ` did not run: ${why}` }],
          evidence: '',
        }
      : null;
  }
  const last = figures.at(-1) as BatchFigures;
  const gain = gainOf(enough, one);
  const told =
    enough === one
      ? `: larger batches gain nothing. One at a time, it answers ${rate(one.perSecond)}, each within ${duration(one.ms)}.`
      : isUnclear(gain)
        ? `: it is unclear whether larger batches answer more. ${enough.batch} inputs at once answer ${gainText(gain)} per second as one at a time.`
        : `: ${enough.batch} inputs at once answer ${rate(enough.perSecond)}, ${gainText(gain)} as one at a time, and each waits ${duration(enough.ms)} instead of ${duration(one.ms)}.`;
  const beyond =
    last === enough
      ? enough === one
        ? ''
        : `Throughput was still growing at ${enough.batch}. `
      : `${inputs(enough.batch)[0]?.toUpperCase()}${inputs(enough.batch).slice(1)} ${enough.batch === 1 ? 'reaches' : 'reach'} 95% of the highest throughput of all sizes up to ${last.batch}. `;
  const ended = died ? `It ended early: ${died.message} ` : '';
  return {
    sentence: [{ text: laneName(lane), lane }, { text: told }],
    evidence:
      `${enough === one ? '' : gainEvidence(gain)}${beyond}${ended}${failed.join(' ')}`.trim(),
  };
}
