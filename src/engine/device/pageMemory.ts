import { type MemoryMeasurement, type PageMemory, toPageMemory } from '../../core/memory/page.ts';

/** Chromium's; TypeScript's DOM library lacks it. Only windows of isolated pages have it. */
interface MeasuringPerformance {
  measureUserAgentSpecificMemory?(): Promise<MemoryMeasurement>;
}
const measuring = performance as Performance & MeasuringPerformance;

/** Why this page's memory cannot be measured, as a sentence; null where it can. */
export function pageMemoryLack(): string | null {
  if (typeof measuring.measureUserAgentSpecificMemory === 'function') return null;
  return crossOriginIsolated
    ? 'This browser does not report a page’s memory; Chromium does.'
    : 'Only a cross-origin isolated page may ask for its memory, and this page is not: see the Device page.';
}

/**
 * The page and its workers, counted at the browser's next garbage collection: after 10 to 20 s,
 * or up to 60 s with threads, which do not answer it while they wait for work.
 * @throws whatever the browser refuses with; TypeError where `pageMemoryLack` says why
 */
export async function readPageMemory(): Promise<PageMemory> {
  const asked = performance.now();
  const measured = await measuring.measureUserAgentSpecificMemory?.();
  if (!measured) throw new TypeError(pageMemoryLack() ?? 'The browser returned no figure.');
  return toPageMemory(measured, performance.now() - asked);
}
