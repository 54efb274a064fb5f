import type { Size } from '../core/compress/proof/proof.ts';

/** A file's size as it is and as a server sends it, compressed with gzip at the browser's own setting. */
export async function sizeOf(file: Blob): Promise<Size> {
  const reader = file.stream().pipeThrough(new CompressionStream('gzip')).getReader();
  let gzip = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    gzip += piece.value.length;
  }
  return { bytes: file.size, gzip };
}
