import type { LaneRecord } from '../race/record.ts';
import { medianOf, quantile, sorted } from '../stats/quantiles.ts';
import type { Milliseconds } from '../units.ts';

/** One point of the latency chart: the lanes' times around one round. */
export interface LatencyRow {
  readonly round: number;
  /** By lane id; lanes without a turn there are absent. */
  readonly ms: Readonly<Record<string, Milliseconds>>;
}

/**
 * All lanes' latency over the rounds in at most `most` rows. Each value is the median of a run of
 * neighbouring turns, so that nothing appears or vanishes by chance of sampling.
 */
export function latencyRows(lanes: readonly LaneRecord[], most: number): LatencyRow[] {
  const rounds = Math.max(0, ...lanes.map(({ turns }) => (turns.at(-1)?.round ?? -1) + 1));
  const size = Math.max(1, Math.ceil(rounds / most));
  const groups: Map<string, number[]>[] = [];
  for (const { lane, turns } of lanes) {
    for (const { round, median } of turns) {
      const index = Math.floor(round / size);
      groups[index] ??= new Map();
      const group = groups[index] as Map<string, number[]>;
      const values = group.get(lane.id);
      if (values) values.push(median);
      else group.set(lane.id, [median]);
    }
  }
  return groups.flatMap((group, i) =>
    group
      ? [
          {
            round: i * size + 1,
            ms: Object.fromEntries([...group].map(([id, values]) => [id, medianOf(values)])),
          },
        ]
      : [],
  );
}

export interface LatencyHistogram {
  readonly bins: readonly {
    readonly from: Milliseconds;
    readonly to: Milliseconds;
    readonly share: number;
  }[];
  /** Samples right of the last bin. */
  readonly beyond: number;
}

export interface SeriesSpan {
  readonly low: Milliseconds;
  readonly high: Milliseconds;
  /** True where the lanes lie so far apart that equal steps must be equal ratios. */
  readonly logarithmic: boolean;
}

/** Lanes further apart than this share a logarithmic axis. */
const FAR_APART = 8;

/**
 * An axis on which all lanes' steady samples are seen, up to each one's 95th percentile: logarithmic
 * where lanes, or a lane's middle and its tail, lie far apart.
 */
export function spanOf(steadySamples: readonly ArrayLike<number>[]): SeriesSpan | null {
  const filled = steadySamples.filter(({ length }) => length > 0).map(sorted);
  if (filled.length === 0) return null;
  const lows = filled.map((values) => values[0] as number);
  const highs = filled.map((values) => quantile(values, 0.95));
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  const middles = filled.map((values) => quantile(values, 0.5));
  const logarithmic = low > 0 && high / Math.min(...middles) > FAR_APART;
  return { low: logarithmic ? low * 0.9 : 0, high: high * 1.05, logarithmic };
}

/**
 * How a lane's steady samples spread over a span; shares are of the lane's own samples. In an empty
 * span, where a coarse clock gave nothing but times of 0, all lie in the first bin.
 */
export function histogramOf(
  samples: ArrayLike<number>,
  span: SeriesSpan,
  bins: number,
): LatencyHistogram {
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
    const bin = high > low ? Math.max(0, place(samples[i] as number)) : 0;
    if (bin >= bins) beyond++;
    else counts[bin] = (counts[bin] as number) + 1;
  }
  return {
    bins: counts.map((n, i) => ({ from: edge(i), to: edge(i + 1), share: n / samples.length })),
    beyond,
  };
}
