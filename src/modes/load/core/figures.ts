import { quantileIntervals } from '../../../core/stats/bootstrap.ts';
import { quantile } from '../../../core/stats/quantiles.ts';
import type { Fraction, Interval, Milliseconds } from '../../../core/units.ts';
import type { LoadPoint } from './record.ts';
import { expectedLatency, offeredLoad, type Service, serviceOf } from './theory.ts';

/** What one stretch of load says. */
export interface LoadFigures {
  readonly point: LoadPoint;
  readonly served: number;
  /** Answers per second. */
  readonly perSecond: number;
  /** Time that the lane took for a request, waiting left out. */
  readonly service: Service;
  /** Requests that came times the mean service time, over the time: from 1 on it cannot keep up. */
  readonly offered: Fraction;
  /** Share of the time that the lane was busy. */
  readonly busy: Fraction;
  /** From arrival to answer; null where it could not keep up. */
  readonly mean: Milliseconds | null;
  /** null where so many were not served that it is not known. */
  readonly median: Milliseconds | null;
  readonly p95: Milliseconds | null;
  readonly p99: Milliseconds | null;
  /** 95%, of p95; null with too few requests. */
  readonly p95Interval: Interval | null;
  /** Share of the mean latency that was waiting in the queue. */
  readonly queueing: Fraction;
  /** Mean latency that theory expects of such arrivals and service times; null for clients. */
  readonly expected: Milliseconds | null;
  /** p95 of how much later than it could a request was begun: the instrument's own share. */
  readonly late: Milliseconds;
  /** The queue grew without end: latencies only tell for how long it was let grow. */
  readonly overloaded: boolean;
}

/** Of a queue that grows, this share of the time is left to serve at the end. */
const BACKLOG: Fraction = 0.1;
/** Fewer may be waiting by chance. */
const FEW_WAITING = 20;
/** Stretches that are resampled as a whole: requests of one moment wait together. */
const BLOCKS = 40;

/** Points never change; their intervals are costly. */
const known = new WeakMap<LoadPoint, LoadFigures>();

export function loadFigures(point: LoadPoint): LoadFigures {
  const before = known.get(point);
  if (before) return before;
  const figures = compute(point);
  known.set(point, figures);
  return figures;
}

function compute(point: LoadPoint): LoadFigures {
  const { arrivals, seconds, arrived, started, ended, waiting } = point;
  const served = ended.length;
  const latency = ended.map((at, i) => at - (arrived[i] as number));
  const service = serviceOf(ended.map((at, i) => at - (started[i] as number)));
  const open = arrivals.kind === 'open';
  // Of clients every one has always asked, so none of them is left waiting by the load.
  const unserved = open ? waiting : 0;
  const spanMs = Math.max(1000 * seconds, ended.at(-1) ?? 0);
  const offered = open
    ? offeredLoad((served + unserved) / seconds, service)
    : (served * service.mean) / spanMs;
  const behind = unserved > FEW_WAITING && unserved * service.mean > BACKLOG * 1000 * seconds;
  const overloaded = open && (offered >= 1 || behind);
  // Who was not served waited longer than all who were: so they count as slowest.
  const ascending = latency.toSorted();
  const at = (share: number): Milliseconds | null => {
    const position = share * (served + unserved - 1);
    return served === 0 || position > served - 1
      ? null
      : quantile(ascending, position / Math.max(1, served - 1));
  };
  const waits = started.map((moment, i) => moment - (arrived[i] as number));
  const total = latency.reduce((sum, each) => sum + each, 0);
  return {
    point,
    served,
    perSecond: (1000 * served) / spanMs,
    service,
    offered,
    busy: Math.min(1, (served * service.mean) / spanMs),
    mean: overloaded || served === 0 ? null : total / served,
    median: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    p95Interval: overloaded ? null : p95Interval(latency, ascending),
    queueing: total === 0 ? 0 : waits.reduce((sum, each) => sum + each, 0) / total,
    expected: arrivals.kind === 'open' ? expectedLatency(arrivals.perSecond, service) : null,
    late: lateness(point),
    overloaded,
  };
}

function p95Interval(latency: Float64Array, ascending: Float64Array): Interval | null {
  const size = Math.ceil(latency.length / BLOCKS);
  if (size < 2) return null;
  const blocks = Array.from({ length: BLOCKS }, (_, i) =>
    latency.subarray(i * size, (i + 1) * size),
  );
  const stretches = blocks.filter(({ length }) => length > 0);
  return quantileIntervals(stretches, ascending, [0.95])[0] ?? null;
}

function lateness({ arrived, started, ended }: LoadPoint): Milliseconds {
  const late = started.map(
    (at, i) => at - Math.max(arrived[i] as number, i === 0 ? 0 : (ended[i - 1] as number)),
  );
  return late.length === 0 ? 0 : quantile(late.sort(), 0.95);
}
