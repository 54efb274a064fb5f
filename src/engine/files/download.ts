import { Fault, toError } from '../../core/errors.ts';
import { count } from '../../core/format.ts';
import type { Bytes } from '../../core/units.ts';
import { fileNameOf, forgetFile, partKey, storedFile, storeFile } from './fileCache.ts';

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

export async function sha256Of(data: ArrayBuffer): Promise<string> {
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

/** Adds what comes to `parts`, which hold `loaded` bytes already. */
async function read(
  response: Response,
  file: string,
  parts: BlobPart[],
  loaded: Bytes,
  options: DownloadOptions,
): Promise<void> {
  const { onProgress, signal } = options;
  // Content-Length counts compressed bytes where the server compresses, so it is not used then.
  const declared = response.headers.has('Content-Encoding')
    ? null
    : Number(response.headers.get('Content-Length')) || null;
  const total = options.bytes ?? (declared && declared + loaded);
  let sum = loaded;
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((thrown) => {
      signal.throwIfAborted();
      throw new Fault(
        'TruncatedError',
        `${file}: the connection broke after ${count(sum)} bytes.`,
        {
          cause: toError(thrown),
        },
      );
    });
    if (done) return;
    parts.push(value);
    sum += value.byteLength;
    onProgress?.(sum, total);
  }
}

export interface RequestOptions {
  /** The first byte wanted; a server may send the whole file all the same. */
  readonly from?: Bytes;
  /** `reload` passes by what the browser itself keeps of earlier answers. */
  readonly cache?: RequestCache;
}

/** @throws Fault DownloadError, with a cause where nobody answered; the signal's reason on abort */
export async function request(
  url: string,
  signal: AbortSignal,
  { from = 0, cache = 'default' }: RequestOptions = {},
): Promise<Response> {
  const failed = (why: string, options?: ErrorOptions) =>
    new Fault('DownloadError', `${fileNameOf(url)} could not be fetched: ${why}.`, options);
  let response: Response;
  try {
    const headers = from > 0 ? { Range: `bytes=${from}-` } : {};
    response = await fetch(url, { signal, headers, cache });
  } catch (thrown) {
    signal.throwIfAborted();
    throw failed(
      'no answer from the server, and no copy is stored in this browser yet. Once fetched, it works offline',
      { cause: toError(thrown) },
    );
  }
  if (!response.ok) throw failed(`the server said ${response.status}`);
  // A host that answers every unknown address with its start page means "not found".
  if (response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw failed('the server sent a web page');
  }
  return response;
}

/** Whether an answer came and was wrong. Where the network failed instead, there is a cause. */
const cameWrong = (thrown: unknown): boolean =>
  thrown instanceof Fault && thrown.cause === undefined;

/**
 * Asks for what `get` reads from an answer. A wrong answer may come out of the browser's own
 * cache, which hosts let keep the site's files for a year: so it is asked for once more, past it.
 * @throws what `get` throws
 */
export async function pastWrong<T>(get: (cache: RequestCache) => Promise<T>): Promise<T> {
  try {
    return await get('default');
  } catch (thrown) {
    if (!cameWrong(thrown)) throw thrown;
    return get('reload');
  }
}

/** The whole file, going on from the part that is here. */
async function fetchRest(
  url: string,
  key: string,
  part: Blob | null,
  options: DownloadOptions,
  cache?: RequestCache,
): Promise<Blob> {
  const file = fileNameOf(url);
  const from = part?.size ?? 0;
  const response = await request(url, options.signal, { from, ...(cache && { cache }) });
  const parts: BlobPart[] = part && response.status === 206 ? [part] : [];
  try {
    await read(response, file, parts, new Blob(parts).size, options);
    const body = new Blob(parts);
    await verify(file, body, options);
    return body;
  } catch (thrown) {
    const brokenOff = !(thrown instanceof Fault) || thrown.name === 'TruncatedError';
    // Only where the end can be checked: the file may be another one by then.
    if (brokenOff && options.sha256) await storeFile(partKey(key), new Blob(parts));
    throw thrown;
  }
}

async function fetchWhole(url: string, key: string, options: DownloadOptions): Promise<Blob> {
  const anew = async () => {
    const body = await pastWrong((cache) => fetchRest(url, key, null, options, cache));
    await forgetFile(partKey(key));
    return body;
  };
  const part = options.sha256 ? await storedFile(partKey(key)) : null;
  if (!part || part.size === 0) return anew();
  // Whatever becomes of it, it is used once: a bad part must not spoil every later download.
  await forgetFile(partKey(key));
  try {
    return await fetchRest(url, key, part, options);
  } catch (thrown) {
    if (!cameWrong(thrown)) throw thrown;
    return anew();
  }
}

/**
 * Fetches a file once and keeps it: from the cache where it lies there whole, else over the
 * network with progress. A download that was broken off goes on where it ended.
 *
 * @throws Fault DownloadError, TruncatedError or IntegrityError; the signal's reason on abort
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const key = options.sha256 ? `${url}?sha256=${options.sha256}` : url;
  const kept = await storedFile(key);
  if (kept) {
    const sound = await verify(fileNameOf(url), kept, options).then(
      () => true,
      () => false,
    );
    if (sound) return { body: kept, from: 'cache' };
    await forgetFile(key);
  }
  const body = await fetchWhole(url, key, options);
  // Nobody waits for the cache, and a full disk must not stop a race.
  void storeFile(key, body);
  // Earlier versions kept some files under their address alone.
  if (key !== url) void forgetFile(url);
  return { body, from: 'network' };
}
