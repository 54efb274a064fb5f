import { createStore } from 'zustand/vanilla';
import { STORE_SITE } from '../../core/offline.ts';
import { type StoredSite, storedSite } from '../../engine/files/siteCache.ts';

export interface OfflineState {
  /** True where this browser allows no service worker here. */
  readonly refused: boolean;
  /** What is kept of the site itself; null while nobody has looked, and where it is nothing. */
  readonly site: StoredSite | null;
}

export const offline = createStore<OfflineState>(() => ({ refused: false, site: null }));

export const readStoredSite = async (): Promise<void> =>
  offline.setState({ site: await storedSite() });

/** Set once a reload was tried, so that a host where it does not help is not reloaded for ever. */
const TRIED = 'isolation-tried';

/**
 * Starts the service worker. Where the host sends no isolation headers the page is reloaded once
 * under it. Once all is quiet the worker keeps the site's files.
 *
 * @param whenQuiet of cores.ts, which else would leave the first page's one big script
 */
export async function startOffline(whenQuiet: (task: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    // Absent in insecure contexts and some private windows: the page works on without.
    if (!serviceWorker) throw new Error('no service workers');
    await serviceWorker.register(new URL('service-worker.js', document.baseURI));
    const { active } = await serviceWorker.ready;
    if (!crossOriginIsolated && !sessionStorage.getItem(TRIED)) {
      sessionStorage.setItem(TRIED, '1');
      return location.reload();
    }
    // The worker claims the page once it has kept everything.
    serviceWorker.addEventListener('controllerchange', () => void readStoredSite());
    whenQuiet(() => active?.postMessage(STORE_SITE));
  } catch {
    offline.setState({ refused: true });
  }
}
