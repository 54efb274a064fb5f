/** Set once a reload was tried, so that a host where it does not help is not reloaded for ever. */
const TRIED = 'isolation-tried';

/**
 * Where the host sends no isolation headers, starts the service worker that adds them and
 * reloads the page once under it.
 */
export async function isolatePage(): Promise<void> {
  if (crossOriginIsolated || !isSecureContext || !navigator.serviceWorker) return;
  try {
    const { serviceWorker } = navigator;
    await serviceWorker.register(new URL('isolation-worker.js', document.baseURI));
    await serviceWorker.ready;
    if (sessionStorage.getItem(TRIED)) return;
    sessionStorage.setItem(TRIED, '1');
    location.reload();
  } catch {
    // Forbidden or not there: the page works on, with one thread, and says so.
  }
}
