/**
 * Keeps a phone's screen on while something is measured for minutes: a screen that goes dark
 * hides the tab. Where the browser cannot or will not, nothing happens.
 * @returns lets go
 */
export function keepScreenOn(): () => void {
  let held: WakeLockSentinel | null = null;
  let over = false;
  const take = async () => {
    if (!('wakeLock' in navigator) || document.hidden) return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (over) await lock.release();
      else held = lock;
    } catch {
      // Low battery, or a policy: the run pauses when the screen goes dark, and says so.
    }
  };
  void take();
  // A hidden tab loses it.
  document.addEventListener('visibilitychange', take);
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', take);
    void held?.release().catch(() => {});
  };
}
