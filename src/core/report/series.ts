import type { LaneRecord } from '../race/record.ts';
import { medianOf, quantile, sorted } from '../stats/quantiles.ts';
import type { Milliseconds } from '../units.ts';

export interface SeriesPoint {
  readonly round: number;
  readonly ms: Milliseconds;
}

/**
 * A lane's latency over the rounds, at most `most` points: each the median of a run of
 * neighbouring turns, so that a spike of one turn does not vanish by chance of sampling but a
 * drift of many stays.
 */
export function latencySeries(lane: LaneRecord, most: number): SeriesPoint[] {
  const { turns } = lane;
  const size = Math.max(1, Math.ceil(turns.length / most));
  const points: SeriesPoint[] = [];
  for (let start = 0; start < turns.length; start += size) {
    const run = turns.slice(start, start + size);
    const [first] = run;
    if (!first) break;
    points.push({ round: first.round + 1, ms: medianOf(run.map(({ median }) => median)) });
  }
  return points;
}

export interface Histogram {
  readonly bins: readonly {
    readonly from: Milliseconds;
    readonly to: Milliseconds;
    readonly share: number;
  }[];
  /** Samples right of the last bin. */
  readonly beyond: number;
}

export interface Span {
  readonly low: Milliseconds;
  readonly high: Milliseconds;
  /** True where the lanes lie so far apart that equal steps must be equal ratios. */
  readonly logarithmic: boolean;
}

/** Lanes further apart than this share a logarithmic axis. */
const FAR_APART = 8;

/** An axis on which all lanes' steady samples are seen, up to each one's 99th percentile. */
export function spanOf(steadySamples: readonly ArrayLike<number>[]): Span | null {
  const filled = steadySamples.filter(({ length }) => length > 0).map(sorted);
  if (filled.length === 0) return null;
  const lows = filled.map((values) => values[0] as number);
  const highs = filled.map((values) => quantile(values, 0.99));
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  const middles = filled.map((values) => quantile(values, 0.5));
  const logarithmic = low > 0 && Math.max(...middles) / Math.min(...middles) > FAR_APART;
  return { low: logarithmic ? low * 0.9 : 0, high: high * 1.05, logarithmic };
}

/** How a lane's steady samples spread over a span; shares are of the lane's own samples. */
export function histogramOf(samples: ArrayLike<number>, span: Span, bins: number): Histogram {
  const { low, high, logarithmic } = span;
  const edge = (i: number) =>
    logarithmic ? low * (high / low) ** (i / bins) : low + ((high - low) * i) / bins;
  const place = (ms: number) =>
    Math.floor(
      (logarithmic ? Math.log(ms / low) / Math.log(high / low) : (ms - low) / (high - low)) * bins,
    );
  const counts = new Array<number>(bins).fill(0);
  let beyond = 0;
  for (let i = 0; i < samples.length; i++) {
    const bin = Math.max(0, place(samples[i] as number));
    if (bin >= bins) beyond++;
    else counts[bin] = (counts[bin] as number) + 1;
  }
  return {
    bins: counts.map((n, i) => ({ from: edge(i), to: edge(i + 1), share: n / samples.length })),
    beyond,
  };
}
