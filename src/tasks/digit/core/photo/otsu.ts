/** Where a threshold parts values into two kinds, and the mean of each. */
export interface Parted {
  readonly threshold: number;
  readonly below: number;
  readonly above: number;
}

const BINS = 256;

/**
 * The threshold with the most variance between both sides (Otsu, "A Threshold Selection Method from
 * Gray-Level Histograms", IEEE SMC 9, 1979).
 * @param values each 0..1
 */
export function otsu(values: Float32Array): Parted {
  const histogram = new Uint32Array(BINS);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  const middle = (bin: number) => (bin + 0.5) / BINS;
  const total = histogram.reduce((sum, count, bin) => sum + count * middle(bin), 0);
  let best: Parted = { threshold: 1, below: total / values.length, above: 1 };
  let most = 0;
  let count = 0;
  let sum = 0;
  for (let bin = 0; bin < BINS - 1; bin++) {
    count += histogram[bin] as number;
    sum += (histogram[bin] as number) * middle(bin);
    const rest = values.length - count;
    if (count === 0 || rest === 0) continue;
    const [below, above] = [sum / count, (total - sum) / rest];
    const between = count * rest * (above - below) ** 2;
    if (between <= most) continue;
    most = between;
    best = { threshold: (bin + 1) / BINS, below, above };
  }
  return best;
}
