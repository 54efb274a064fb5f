import type { Interval } from '../../units.ts';
import { Histogram } from './histogram.ts';
import type { Observer } from './observers.ts';

/** Finds the range to keep from what all inputs together looked like. */
type Search = (histogram: Histogram) => Interval;

/** Collects a histogram, and decides at the end how much of its tails to clip. */
class Clipping implements Observer {
  private readonly histogram: Histogram;
  private readonly search: Search;

  constructor(extent: Interval, search: Search) {
    this.histogram = new Histogram(extent);
    this.search = search;
  }

  add(data: ArrayLike<number>): void {
    this.histogram.add(data);
  }

  range(): Interval {
    const { low, high } = this.histogram.extent;
    if (low === high) return { low, high };
    const within = (x: number) => Math.fround(Math.min(high, Math.max(low, x)));
    const found = this.search(this.histogram);
    return { low: within(found.low), high: within(found.high) };
  }
}

/**
 * Clips so many of the largest magnitudes, with the bins and the search of onnxruntime's percentile
 * calibrater (onnxruntime/python/tools/quantization/calibrate.py): it cuts at the lower edge of the bin that
 * holds the percentile. Its bins begin at the least magnitude seen, ours at 0. 100 clips
 * nothing, where onnxruntime clips what lies in the last bin.
 * @param extent least and largest number of all inputs
 * @param percentile kept, up to 100
 */
export function percentileObserver(extent: Interval, percentile: number): Observer {
  return new Clipping(extent, (histogram) => {
    if (percentile === 100) return extent;
    const magnitudes = histogram.magnitudes();
    magnitudes[0] = (magnitudes[0] as number) + histogram.zeros;
    const total = sum(magnitudes);
    let below = 0;
    const bin = magnitudes.findIndex((count) => {
      below += count / total;
      return below >= percentile / 100;
    });
    const limit = (bin < 0 ? magnitudes.length : bin) * histogram.width;
    return { low: -limit, high: limit };
  });
}

/** Levels of 8 bits: finer types clip less than this finds, never more. */
const LEVELS = 255;
/** How finely clipping points are tried. */
const STEPS = 100;

/**
 * Clips where the mean squared error of quantization is least: rounding adds width^2 / 12 to every
 * number inside (Widrow, Kollar and Liu 1996, "Statistical theory of quantization"), clipping the
 * square of its distance to every number outside. Zeros have a code of their own and no error.
 */
export function mseObserver(extent: Interval): Observer {
  return new Clipping(extent, (histogram) => {
    const { low, high } = extent;
    let best: Interval = { low, high };
    // One side at a time, twice: the best end on one side depends little on the other.
    for (let pass = 0; pass < 2; pass++) {
      for (const side of ['low', 'high'] as const) {
        const whole = side === 'low' ? low : high;
        let least = squaredError(histogram, best);
        for (let step = 1; step <= STEPS; step++) {
          const tried = { ...best, [side]: (whole * step) / STEPS };
          const error = squaredError(histogram, tried);
          if (error < least) {
            least = error;
            best = tried;
          }
        }
      }
    }
    return best;
  });
}

function squaredError(histogram: Histogram, { low, high }: Interval): number {
  const { counts } = histogram;
  const width = (Math.max(high, 0) - Math.min(low, 0)) / LEVELS;
  const rounding = (width * width) / 12;
  let error = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] as number;
    if (count === 0) continue;
    const x = histogram.centre(bin);
    const outside = x < low ? low - x : x > high ? x - high : 0;
    error += count * (outside > 0 ? outside * outside : rounding);
  }
  return error;
}

/**
 * The largest share of numbers, zeros apart, that may be clipped for the sake of the rest. Spikes, as
 * a constant background leaves them behind a convolution, look like lost information wherever
 * they share a code, and without this they drive the range to nothing (seen on drawn digits).
 */
const MAX_CLIPPED = 0.01;
/** Stands for a probability of zero, where the logarithm would be infinite. */
const MIN_SHARE = 1e-10;

/**
 * Clips where the distribution of the codes tells most of that of the numbers: least
 * Kullback-Leibler divergence between the magnitudes, those outside moved to the end, and what is
 * left of them in codes (Migacz 2017, "8-bit inference with TensorRT"). Onnxruntime's own search
 * starts with as many bins as codes, and so finds nothing to clip.
 */
export function entropyObserver(extent: Interval): Observer {
  return new Clipping(extent, (histogram) => {
    const magnitudes = histogram.magnitudes();
    const oneSided = extent.low >= 0 || extent.high <= 0;
    const codes = oneSided ? 256 : 128;
    const last = magnitudes.findLastIndex((count) => count > 0) + 1;
    let least = Number.POSITIVE_INFINITY;
    let kept = last;
    // Every eighth of a code's width is fine enough, and a hundred times faster than every bin.
    const step = Math.max(1, Math.floor(last / 256));
    const first = Math.min(last, Math.max(codes, keeping(magnitudes, 1 - MAX_CLIPPED)));
    for (let bins = first; bins <= last; bins += step) {
      const divergence = divergenceOf(magnitudes, bins, codes);
      if (divergence < least) {
        least = divergence;
        kept = bins;
      }
    }
    const limit = kept * histogram.width;
    return { low: -limit, high: limit };
  });
}

/** How many bins, from zero on, hold this share of all counts. */
function keeping(counts: Float64Array, share: number): number {
  let left = sum(counts) * share;
  return (
    counts.findIndex((count) => {
      left -= count;
      return left <= 0;
    }) + 1
  );
}

/** KL(p || q) in nats: p the first `bins` with all beyond in the last, q what codes make of it. */
function divergenceOf(counts: Float64Array, bins: number, codes: number): number {
  const p = counts.slice(0, bins);
  let outside = 0;
  for (let i = bins; i < counts.length; i++) outside += counts[i] as number;
  const q = spread(p, codes);
  p[bins - 1] = (p[bins - 1] as number) + outside;
  const [pSum, qSum] = [sum(p), sum(q)];
  if (pSum === 0 || qSum === 0) return Number.POSITIVE_INFINITY;
  let divergence = 0;
  for (let i = 0; i < bins; i++) {
    const share = (p[i] as number) / pSum;
    if (share > 0)
      divergence += share * Math.log(share / Math.max(MIN_SHARE, (q[i] as number) / qSum));
  }
  return divergence;
}

/** What is left of a distribution in so many codes: within a code all bins that held anything are alike. */
function spread(p: Float64Array, codes: number): Float64Array {
  const q = new Float64Array(p.length);
  for (let code = 0; code < codes; code++) {
    const from = Math.floor((code * p.length) / codes);
    const to = Math.floor(((code + 1) * p.length) / codes);
    let mass = 0;
    let held = 0;
    for (let i = from; i < to; i++) {
      mass += p[i] as number;
      if ((p[i] as number) > 0) held++;
    }
    for (let i = from; i < to; i++) if ((p[i] as number) > 0) q[i] = mass / held;
  }
  return q;
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
