import { Fault } from '../../core/errors.ts';
import { readManifest } from '../../core/models/manifest.ts';
import type { Model } from '../../core/models/model.ts';
import { pastWrong, request } from './download.ts';

export const modelUrl = (file: string): string => new URL(`models/${file}`, document.baseURI).href;

/**
 * A list that lies beside the models. Its digest is not known: a page may meet the list of a newer
 * version. What can be read is whole.
 * @throws Fault DownloadError, or ManifestError as `readList` does; the signal's reason on abort
 */
export const fetchList = <T>(
  file: string,
  readList: (json: unknown) => T,
  signal: AbortSignal,
): Promise<T> =>
  pastWrong(async (cache) => {
    const response = await request(modelUrl(file), signal, { cache });
    const text = await response.text().catch((cause) => {
      signal.throwIfAborted();
      throw new Fault('TruncatedError', `models/${file}: the connection broke.`, { cause });
    });
    try {
      return readList(JSON.parse(text));
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown;
      throw new Fault('ManifestError', `models/${file} is not valid JSON.`);
    }
  });

export const fetchManifest = (signal: AbortSignal): Promise<Model[]> =>
  fetchList('manifest.json', readManifest, signal);

/** Unpacks gzip; sample packs are compressed in themselves, since hosts leave .bin files alone. */
export async function gunzip(body: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const stream = body.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
