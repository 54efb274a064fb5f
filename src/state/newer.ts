import { TAKE_OVER } from '../core/offline.ts';
import type { Milliseconds } from '../core/units.ts';

/** A worker is asked and begins within some tens of ms; later the page had better be shown. */
const PATIENCE_MS: Milliseconds = 1500;

/**
 * Where a newer version of the site waits and no other page is open, opens that one instead. This
 * comes before anything is shown or loaded: a busy older worker would only end when it is idle,
 * and a reload would then come when somebody is at work.
 *
 * Resolves when this version is to be shown.
 */
export async function giveWay(): Promise<void> {
  const { serviceWorker } = navigator;
  // On a first visit, and without service workers, there is nothing older.
  if (!serviceWorker?.controller) return;
  const waiting = (await serviceWorker.getRegistration())?.waiting;
  if (!waiting) return;
  const began = new Promise<true>((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  waiting.postMessage(TAKE_OVER, [port2]);
  const takes = await Promise.race([answered, late]);
  port1.close();
  if (!takes || !(await Promise.race([began, late]))) return;
  location.reload();
  await new Promise(() => {});
}
