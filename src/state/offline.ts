import { createStore } from 'zustand/vanilla';
import { KEEP_SITE, TAKE_OVER } from '../core/offline.ts';
import { type KeptSite, keptSite } from '../engine/siteCache.ts';

export interface OfflineState {
  /** True where this browser allows no service worker here. */
  readonly refused: boolean;
  /** What is kept of the site itself; null while nobody has looked, and where it is nothing. */
  readonly site: KeptSite | null;
}

export const offline = createStore<OfflineState>(() => ({ refused: false, site: null }));

export const readKeptSite = async (): Promise<void> => offline.setState({ site: await keptSite() });

/** Set once a reload was tried, so that a host where it does not help is not reloaded for ever. */
const TRIED = 'isolation-tried';

/**
 * Starts the service worker. Where the host sends no isolation headers the page is reloaded once
 * under it; where a newer version of the site waits, and no other page is open, under that one.
 * Once all is quiet the worker keeps the site's files.
 *
 * @param whenQuiet of cores.ts, which else would leave the first page's one big script
 */
export async function startOffline(whenQuiet: (task: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    // Absent in insecure contexts and some private windows: the page works on without.
    if (!serviceWorker) throw new Error('no service workers');
    const registration = await serviceWorker.register(
      new URL('service-worker.js', document.baseURI),
    );
    if (registration.waiting) takeNewer(registration.waiting);
    const { active } = await serviceWorker.ready;
    if (!crossOriginIsolated && !sessionStorage.getItem(TRIED)) {
      sessionStorage.setItem(TRIED, '1');
      return location.reload();
    }
    // The worker claims the page once it has kept everything.
    serviceWorker.addEventListener('controllerchange', () => void readKeptSite());
    whenQuiet(() => active?.postMessage(KEEP_SITE));
  } catch {
    offline.setState({ refused: true });
  }
}

/** It refuses while another page of the older version is open; then a later visit gets it. */
function takeNewer(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  waiting.postMessage(TAKE_OVER);
}
