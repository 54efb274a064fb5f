/** Bins on either side of zero; an 8-bit code is eight of them wide or more. */
const SIDE = 2048;

/**
 * Counts of numbers over a range that is symmetric about zero and doubles as larger ones come:
 * bins then merge in pairs, so that every number lies in its right bin however late the range
 * became known. NaN is ignored; infinities count as outside of any range.
 */
export class Histogram {
  /** Counts, from -limit to limit; zeros, which every quantization keeps, are in `zeros`. */
  counts = new Float64Array(2 * SIDE);
  zeros = 0;
  total = 0;
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  /** The largest magnitude that has a bin; 0 before any number was seen. */
  limit = 0;

  get width(): number {
    return this.limit / SIDE;
  }

  /** The number in the middle of a bin. */
  centre(bin: number): number {
    return (bin - SIDE + 0.5) * this.width;
  }

  add(data: ArrayLike<number>): void {
    let low = this.low;
    let high = this.high;
    for (let i = 0; i < data.length; i++) {
      const x = data[i] as number;
      if (x < low && x > Number.NEGATIVE_INFINITY) low = x;
      if (x > high && x < Number.POSITIVE_INFINITY) high = x;
    }
    if (low > high) return;
    this.low = low;
    this.high = high;
    this.reach(Math.max(-low, high));
    this.count(data);
  }

  private count(data: ArrayLike<number>): void {
    const { counts, limit } = this;
    const perUnit = limit === 0 ? 0 : SIDE / limit;
    const last = 2 * SIDE - 1;
    let zeros = 0;
    let seen = 0;
    for (let i = 0; i < data.length; i++) {
      const x = data[i] as number;
      if (x === 0) {
        zeros++;
        continue;
      }
      if (!(x >= -limit && x <= limit)) continue;
      const bin = Math.min(last, Math.floor(x * perUnit) + SIDE);
      counts[bin] = (counts[bin] as number) + 1;
      seen++;
    }
    this.zeros += zeros;
    this.total += zeros + seen;
  }

  private reach(peak: number): void {
    if (this.limit === 0) {
      this.limit = peak;
      return;
    }
    while (this.limit < peak) {
      const merged = new Float64Array(2 * SIDE);
      const { counts } = this;
      for (let bin = 0; bin < 2 * SIDE; bin += 2) {
        merged[SIDE / 2 + bin / 2] = (counts[bin] as number) + (counts[bin + 1] as number);
      }
      this.counts = merged;
      this.limit *= 2;
    }
  }
}
