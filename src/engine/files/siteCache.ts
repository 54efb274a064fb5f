/** The site's own files as the service worker keeps them. */
import { SITE_CACHE } from '../../core/offline.ts';
import type { Bytes } from '../../core/units.ts';

export interface StoredSite {
  readonly files: number;
  readonly bytes: Bytes;
  /** Whether the page opens without a network. */
  readonly whole: boolean;
}

/**
 * A file of the site, or nothing: bytes that do not fit `integrity` fail as a broken network does.
 * A wrong copy in the browser's own cache is passed by; hosts let it keep the site's files for a year.
 */
export async function fetchIntact(
  url: string,
  integrity: string,
  cache: RequestCache,
): Promise<Response> {
  try {
    return await fetch(url, { integrity, cache });
  } catch {
    return fetch(url, { integrity, cache: 'reload' });
  }
}

/** Names of the caches of the site's versions, the oldest first. */
export const siteCaches = async (): Promise<readonly string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(SITE_CACHE));

/** @returns null where nothing is kept, or nothing can be */
export async function storedSite(): Promise<StoredSite | null> {
  try {
    const versions = await Promise.all((await siteCaches()).map(read));
    // Until a newer version is whole, the older one is what opens.
    return versions.findLast(({ whole }) => whole) ?? versions.at(-1) ?? null;
  } catch {
    return null;
  }
}

async function read(name: string): Promise<StoredSite> {
  const cache = await caches.open(name);
  const kept = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  const sizes = await Promise.all(kept.map(async (file) => (await file?.blob())?.size ?? 0));
  return {
    files: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    // The worker keeps the start page last.
    whole: (await cache.match(new URL('./', document.baseURI))) !== undefined,
  };
}
