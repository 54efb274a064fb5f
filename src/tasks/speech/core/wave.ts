import type { Interval } from '../../../core/units.ts';

/** The least and the greatest sample of each of so many equal stretches, to draw sound from. */
export function waveOf(samples: Float32Array, columns: number): Interval[] {
  const edge = (column: number) => Math.floor((column * samples.length) / columns);
  return Array.from({ length: columns }, (_, column) => {
    // A stretch shorter than a sample shows the one that it lies in.
    const end = Math.max(edge(column) + 1, edge(column + 1));
    const stretch = samples.subarray(edge(column), end);
    return stretch.reduce<Interval>(
      ({ low, high }, sample) => ({ low: Math.min(low, sample), high: Math.max(high, sample) }),
      { low: 0, high: 0 },
    );
  });
}
