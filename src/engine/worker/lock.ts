/** No event tells a page that a worker is gone; a Web Lock that the worker held does. */

/**
 * In the worker: takes a lock and holds it until the worker is gone, however it goes.
 * @returns false where the browser grants no locks
 */
export function holdLock(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!navigator.locks) return resolve(false);
    navigator.locks
      .request(name, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

/** In the page: a name for a lock that no other worker holds. */
export const lockName = (purpose: string): string =>
  `${purpose}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;

/** In the page: calls back once the worker that holds the lock is gone; never after the signal. */
export function watchLock(name: string, signal: AbortSignal, gone: () => void): void {
  navigator.locks
    .request(name, { signal }, gone)
    // Aborted: nobody wants to know any more.
    .catch(() => {});
}
