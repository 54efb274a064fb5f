import type { Pressure } from '../../core/conditions/conditions.ts';

/** Compute Pressure (W3C; Chromium 125), which TypeScript's DOM library lacks. */
interface PressureObserverLike {
  observe(source: 'cpu', options: { readonly sampleInterval: number }): Promise<void>;
}
type PressureObserverClass = new (
  told: (records: readonly { readonly state: Pressure }[]) => void,
) => PressureObserverLike;

/** Rarely enough to cost nothing that could be measured. */
const INTERVAL_MS = 2000;

let latest: Pressure | null = null;
let watching = false;
const listeners = new Set<(state: Pressure) => void>();

/**
 * Has the browser tell how busy the processors are, from now on. It tells pages in view only, and
 * not before a first interval is over.
 */
export function watchPressure(): void {
  const Observer = (globalThis as { PressureObserver?: PressureObserverClass }).PressureObserver;
  if (!Observer || watching) return;
  watching = true;
  const observer = new Observer((records) => {
    const state = records.at(-1)?.state;
    if (!state || state === latest) return;
    latest = state;
    for (const tell of listeners) tell(state);
  });
  // Refused by policy, or nothing to be told on this system: it stays unknown.
  observer.observe('cpu', { sampleInterval: INTERVAL_MS }).catch(() => {});
}

/** The latest that was told; null where the browser does not tell. */
export const pressureNow = (): Pressure | null => latest;

/**
 * Calls back with every change of the pressure.
 * @returns ends it
 */
export function onPressure(tell: (state: Pressure) => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
