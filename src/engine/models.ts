import { Fault, toError } from '../core/errors.ts';
import { count } from '../core/format.ts';
import { readManifest } from '../core/models/manifest.ts';
import type { Model } from '../core/models/model.ts';
import type { Bytes } from '../core/units.ts';

/** What a file must be, where that is known beforehand. */
export interface Expected {
  readonly bytes?: Bytes;
  readonly sha256?: string;
}

export interface DownloadOptions extends Expected {
  readonly signal: AbortSignal;
  /** `total` is null when the server does not say and nobody else knows. */
  readonly onProgress?: (loaded: Bytes, total: Bytes | null) => void;
}

export interface Downloaded {
  readonly body: Blob;
  readonly from: 'network' | 'cache';
}

const CACHE = 'inferometer-files-1';

const fileOf = (url: string) =>
  decodeURIComponent(new URL(url, document.baseURI).pathname.split('/').pop() ?? url);

/** Absent in an insecure context and in some private windows. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

async function sha256Of(data: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(data);
  // Web Crypto exists in secure contexts only; a phone on a laptop's address has none.
  const digest = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('@noble/hashes/sha2.js')).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws Fault TruncatedError or IntegrityError naming the file and both values */
async function verify(file: string, body: Blob, expected: Expected): Promise<void> {
  if (expected.bytes !== undefined && body.size !== expected.bytes) {
    const kind = body.size < expected.bytes ? 'TruncatedError' : 'IntegrityError';
    throw new Fault(
      kind,
      `${file} has ${count(body.size)} of the ${count(expected.bytes)} bytes it should have.`,
    );
  }
  if (expected.sha256 !== undefined) {
    const actual = await sha256Of(await body.arrayBuffer());
    if (actual !== expected.sha256) {
      throw new Fault(
        'IntegrityError',
        `${file} is not the published file: its SHA-256 starts with ${actual.slice(0, 12)}, not ${expected.sha256.slice(0, 12)}.`,
      );
    }
  }
}

async function read(response: Response, file: string, options: DownloadOptions): Promise<Blob> {
  const { onProgress } = options;
  // Content-Length counts compressed bytes where the server compresses, so it is not used then.
  const declared = response.headers.has('Content-Encoding')
    ? null
    : Number(response.headers.get('Content-Length')) || null;
  const total = options.bytes ?? declared;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((thrown) => {
      options.signal.throwIfAborted();
      throw new Fault(
        'TruncatedError',
        `${file}: the connection broke after ${count(loaded)} bytes.`,
        {
          cause: toError(thrown),
        },
      );
    });
    if (done) break;
    parts.push(value);
    loaded += value.byteLength;
    onProgress?.(loaded, total);
  }
  return new Blob(parts);
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (thrown) {
    signal.throwIfAborted();
    throw new Fault(
      'DownloadError',
      `${fileOf(url)} could not be fetched: no answer from the server.`,
      {
        cause: toError(thrown),
      },
    );
  }
  if (!response.ok) {
    throw new Fault(
      'DownloadError',
      `${fileOf(url)} could not be fetched: the server said ${response.status}.`,
    );
  }
  // A host that answers every unknown address with its start page means "not found".
  if (response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new Fault(
      'DownloadError',
      `${fileOf(url)} could not be fetched: the server sent a web page.`,
    );
  }
  return response;
}

/**
 * Fetches a file once and keeps it: from the cache where it lies there whole, else over the
 * network with progress.
 *
 * @throws Fault DownloadError, TruncatedError or IntegrityError; the signal's reason on abort
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const file = fileOf(url);
  const key = options.sha256 ? `${url}?sha256=${options.sha256}` : url;
  const cache = await openCache();
  const kept = await cache?.match(key);
  if (kept) {
    const body = await kept.blob();
    const sound = await verify(file, body, options).then(
      () => true,
      () => false,
    );
    if (sound) return { body, from: 'cache' };
    await cache?.delete(key);
  }
  const body = await read(await request(url, options.signal), file, options);
  await verify(file, body, options);
  // Nobody waits for the cache, and a full disk must not stop a race.
  cache?.put(key, new Response(body)).catch(() => {});
  return { body, from: 'network' };
}

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
