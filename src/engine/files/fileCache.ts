/** Downloaded files, kept in the browser under their address and digest; parts of files too. */
import type { Bytes } from '../../core/units.ts';

const CACHE = 'inferometer-files-1';
/** In the address of a file of which only the beginning is here. */
const PART = 'part';
const SAVED_AT = 'x-saved-at';

/** A file that lies in this browser. */
export interface StoredFile {
  /** What `forgetFile` takes. */
  readonly key: string;
  /** Its name, without the path. */
  readonly name: string;
  readonly bytes: Bytes;
  /** False where a download was broken off; the next one goes on from there. */
  readonly whole: boolean;
  /** Milliseconds since 1970; 0 where nobody knows. */
  readonly savedAt: number;
}

export const fileNameOf = (url: string): string =>
  decodeURIComponent(new URL(url, document.baseURI).pathname.split('/').pop() ?? url);

/** Absent over plain http and in some private windows. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/** @returns null where it is not here, or nothing can be kept */
export async function storedFile(key: string): Promise<Blob | null> {
  const found = await (await openCache())?.match(key);
  return found ? found.blob() : null;
}

/** Where the beginning of a file is kept until the rest is here. */
export const partKey = (key: string): string => `${key}${key.includes('?') ? '&' : '?'}${PART}`;

/** @returns whether that is settled: it is kept, or no room would help */
async function put(cache: Cache, key: string, body: Blob): Promise<boolean> {
  const headers = { [SAVED_AT]: `${Date.now()}` };
  try {
    await cache.put(key, new Response(body, { headers }));
    return true;
  } catch (thrown) {
    return !(thrown instanceof DOMException && thrown.name === 'QuotaExceededError');
  }
}

/** Keeps a file; where there is no room, the oldest ones make it. Says nothing where that fails. */
export async function storeFile(key: string, body: Blob): Promise<void> {
  const cache = await openCache();
  if (!cache || (await put(cache, key, body))) return;
  for (const { key: oldest } of (await storedFiles()).reverse()) {
    await cache.delete(oldest);
    if (await put(cache, key, body)) return;
  }
}

export async function forgetFile(key: string): Promise<void> {
  await (await openCache())?.delete(key);
}

/** All files kept here, the latest first. */
export async function storedFiles(): Promise<StoredFile[]> {
  const cache = await openCache();
  const requests = (await cache?.keys()) ?? [];
  const files = await Promise.all(
    requests.map(async ({ url }): Promise<StoredFile | null> => {
      const found = await cache?.match(url);
      if (!found) return null;
      return {
        key: url,
        name: fileNameOf(url),
        bytes: (await found.blob()).size,
        whole: !new URL(url).searchParams.has(PART),
        savedAt: Number(found.headers.get(SAVED_AT)) || 0,
      };
    }),
  );
  return files.filter((file) => file !== null).sort((a, b) => b.savedAt - a.savedAt);
}
