import { Fault } from '../../core/errors.ts';
import { readManifest } from '../../core/models/manifest.ts';
import type { Model } from '../../core/models/model.ts';
import { request } from './download.ts';

export const modelUrl = (file: string): string => new URL(`models/${file}`, document.baseURI).href;

/** @throws Fault DownloadError or ManifestError */
export async function fetchManifest(signal: AbortSignal): Promise<Model[]> {
  const response = await request(modelUrl('manifest.json'), signal);
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    throw new Fault('ManifestError', 'models/manifest.json is not valid JSON.');
  }
  return readManifest(json);
}

/** Unpacks gzip; sample packs are compressed in themselves, since hosts leave .bin files alone. */
export async function gunzip(body: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const stream = body.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
