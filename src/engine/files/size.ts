import type { FileSize } from '../../core/compress/proof/proof.ts';
import type { Bytes } from '../../core/units.ts';
import type { ExternalData, ModelFiles } from '../protocol.ts';

/** A model's own file and those that hold its weights. */
type Files = Pick<ModelFiles, 'model' | 'external'>;

/** Of files that were given beside a model, those that it names. */
export const namedFiles = (
  external: readonly ExternalData[],
  names: readonly string[],
): ExternalData[] => external.filter(({ name }) => names.includes(name));

/** All of a model's files together: weights beside it count as much as those inside. */
export const totalBytes = ({ model, external }: Files): Bytes =>
  external.reduce((sum, { data }) => sum + data.size, model.size);

/** As a server sends it, compressed with gzip at the browser's own setting. */
async function gzipBytes(file: Blob): Promise<Bytes> {
  const reader = file.stream().pipeThrough(new CompressionStream('gzip')).getReader();
  let gzip = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    gzip += piece.value.length;
  }
  return gzip;
}

/** The size of a model, all its files together, on disk and as a server sends them. */
export async function sizeOf(files: Files): Promise<FileSize> {
  let gzip = 0;
  for (const file of [files.model, ...files.external.map(({ data }) => data)]) {
    gzip += await gzipBytes(file);
  }
  return { bytes: totalBytes(files), gzip };
}
