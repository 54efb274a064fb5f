/** Which pages still live: nothing tells a page that another crashed, but its locks are free. */

/**
 * Holds a lock for as long as this page lives, or until it is released.
 * @returns releases it
 */
export function holdWhileAlive(name: string): () => void {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Without locks (plain http) nobody can tell, see `whenFree`.
  navigator.locks?.request(name, () => released).catch(() => {});
  return release;
}

/** Calls back once nobody holds the lock: at once, or when its page is gone. */
export function whenFree(name: string, free: () => void): void {
  if (navigator.locks) navigator.locks.request(name, free).catch(() => {});
  else free();
}
