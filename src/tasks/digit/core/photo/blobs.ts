import type { Raster } from './raster.ts';

/** Pixels that hang together, corners included. */
export interface Blob {
  readonly pixels: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function neighbours(at: number, side: number): number[] {
  const [x, y] = [at % side, Math.floor(at / side)];
  const found: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(side - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(side - 1, x + 1); nx++) {
      found.push(ny * side + nx);
    }
  }
  return found;
}

function blobFrom(start: number, unseen: Uint8Array, side: number): Blob {
  const pixels = [start];
  unseen[start] = 0;
  let [left, top, right, bottom] = [side, side, -1, -1];
  // Grows while it is walked.
  for (const at of pixels) {
    const [x, y] = [at % side, Math.floor(at / side)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    for (const next of neighbours(at, side)) {
      if (!unseen[next]) continue;
      unseen[next] = 0;
      pixels.push(next);
    }
  }
  return { pixels, left, top, right, bottom };
}

/** All blobs of values from `threshold` on. */
export function blobsOf({ side, values }: Raster, threshold: number): Blob[] {
  const unseen = Uint8Array.from(values, (value) => Number(value >= threshold));
  const blobs: Blob[] = [];
  for (let at = 0; at < unseen.length; at++) {
    if (unseen[at]) blobs.push(blobFrom(at, unseen, side));
  }
  return blobs;
}
