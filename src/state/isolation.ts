/** Set once a reload was tried, so that a host where it does not help is not reloaded for ever. */
const TRIED = 'isolation-tried';

/**
 * Where the host sends no isolation headers, starts the service worker that adds them and
 * reloads the page once under it.
 *
 * @returns true when the page is about to reload
 */
export async function isolatePage(): Promise<boolean> {
  if (crossOriginIsolated || !isSecureContext || !navigator.serviceWorker) return false;
  try {
    const { serviceWorker } = navigator;
    await serviceWorker.register(new URL('isolation-worker.js', document.baseURI));
    await serviceWorker.ready;
    if (sessionStorage.getItem(TRIED)) return false;
    sessionStorage.setItem(TRIED, '1');
    location.reload();
    return true;
  } catch {
    // Forbidden or not there: the page works on, with one thread, and says so.
    return false;
  }
}
