import type { Bytes, Milliseconds } from '../units.ts';

/** Memory of the whole page, as the browser counted it right after a garbage collection. */
export interface PageMemory {
  /** Everything: page, workers, and what they share. GPU buffers lie elsewhere and are not in it. */
  readonly bytes: Bytes;
  /** Of it, what the browser says belongs to workers: their objects and their WASM heaps. */
  readonly workers: Bytes;
  /** How long the browser took to answer: it waits for its next garbage collection. */
  readonly ms: Milliseconds;
}

/** The part that is read of what `performance.measureUserAgentSpecificMemory` gives. */
export interface MemoryMeasurement {
  readonly bytes: Bytes;
  readonly breakdown: readonly {
    readonly bytes: Bytes;
    readonly attribution: readonly { readonly scope: string }[];
  }[];
}

/** An entry belongs to the workers when everything that it is attributed to is one. */
export function toPageMemory(measured: MemoryMeasurement, ms: Milliseconds): PageMemory {
  const workers = measured.breakdown
    .filter(
      ({ attribution }) =>
        attribution.length > 0 && attribution.every(({ scope }) => scope.includes('Worker')),
    )
    .reduce((sum, { bytes }) => sum + bytes, 0);
  return { bytes: measured.bytes, workers, ms };
}
