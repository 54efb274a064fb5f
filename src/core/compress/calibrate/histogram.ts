import type { Interval } from '../../units.ts';

/** Bins on either side of zero, as many as onnxruntime takes; an 8-bit code is eight of them wide or more. */
const SIDE = 2048;

/**
 * Counts of numbers in bins of equal width, from minus the largest magnitude, known beforehand, to
 * plus that. A number on an edge belongs to the bin farther from zero, as numpy's histogram of
 * magnitudes has it. NaN, infinities and whatever lies outside are ignored.
 */
export class Histogram {
  readonly counts = new Float64Array(2 * SIDE);
  readonly extent: Interval;
  /** The largest magnitude that has a bin. */
  readonly limit: number;
  /** Zeros, which every quantization keeps, have no bin. */
  zeros = 0;

  /** @param extent least and largest number that will come, not both 0 */
  constructor(extent: Interval) {
    this.extent = extent;
    this.limit = Math.max(-extent.low, extent.high);
  }

  get width(): number {
    return this.limit / SIDE;
  }

  /** The number in the middle of a bin. */
  centre(bin: number): number {
    return (bin - SIDE + 0.5) * this.width;
  }

  /** Counts by magnitude, from zero on; without zeros. */
  magnitudes(): Float64Array {
    const { counts } = this;
    return Float64Array.from(
      { length: SIDE },
      (_, i) => (counts[SIDE + i] as number) + (counts[SIDE - 1 - i] as number),
    );
  }

  add(data: ArrayLike<number>): void {
    const { counts, limit } = this;
    const perUnit = SIDE / limit;
    let zeros = 0;
    for (let i = 0; i < data.length; i++) {
      const x = data[i] as number;
      if (x === 0) {
        zeros++;
        continue;
      }
      const magnitude = Math.abs(x);
      if (!(magnitude <= limit)) continue;
      const place = Math.min(SIDE - 1, Math.floor(magnitude * perUnit));
      const bin = x < 0 ? SIDE - 1 - place : SIDE + place;
      counts[bin] = (counts[bin] as number) + 1;
    }
    this.zeros += zeros;
  }
}
