import { createStore } from 'zustand/vanilla';
import { toError } from '../../core/errors.ts';
import type { PageMemory } from '../../core/memory/page.ts';
import type { Milliseconds } from '../../core/units.ts';
import { pageMemoryLack, readPageMemory } from '../../engine/device/pageMemory.ts';
import { measurementLock } from '../page/measurementLock.ts';

/** One count of the page's memory, or why there is none. */
export type Reading =
  | { readonly state: 'none' }
  /** The browser was asked; it answers in its own time. */
  | { readonly state: 'asked' }
  | { readonly state: 'read'; readonly memory: PageMemory }
  | { readonly state: 'missed'; readonly why: string };

/** The whole page's memory around the last race. */
export interface PageMemoryState {
  /** Why it cannot be had here, as a sentence; null where it can. */
  readonly lack: string | null;
  /** With no lane alive yet. */
  readonly before: Reading;
  /** With all lanes alive and idle, right after the race. */
  readonly alive: Reading;
  /** Once they had ended. */
  readonly after: Reading;
}

const NONE: Reading = { state: 'none' };
const ASKED: Reading = { state: 'asked' };
const INTERRUPTED: Reading = {
  state: 'missed',
  why: 'something else began before the browser answered',
};
/** Ended workers are gone for good after this long: threads that wait are given 2 s by Chromium. */
const SETTLED: Milliseconds = 3000;

export const pageMemory = createStore<PageMemoryState>(() => ({
  lack: pageMemoryLack(),
  before: NONE,
  alive: NONE,
  after: NONE,
}));

/** Aborts once something takes the measurement lock again. */
function untilTaken(): { readonly signal: AbortSignal; readonly forget: () => void } {
  const taken = new AbortController();
  const forget = measurementLock.subscribe((now, before) => {
    if (now.taken === null || before.taken !== null) return;
    forget();
    taken.abort();
  });
  return { signal: taken.signal, forget };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** A count in which nothing else took part: INTERRUPTED as soon as something takes the measurement lock. */
async function readUndisturbed(signal: AbortSignal): Promise<Reading> {
  if (signal.aborted) return INTERRUPTED;
  const read = readPageMemory().then(
    (memory): Reading => ({ state: 'read', memory }),
    (thrown): Reading => ({ state: 'missed', why: toError(thrown).message }),
  );
  return Promise.race([read, aborted(signal).then(() => INTERRUPTED)]);
}

/** The latest count with no lane alive, that nothing has made old. */
let idle: Reading = NONE;

/** Counts the page's memory while nothing runs yet: what a race is compared with. */
export async function readIdlePage(): Promise<void> {
  if (pageMemory.getState().lack !== null || measurementLock.getState().taken !== null) return;
  const { signal, forget } = untilTaken();
  idle = await readUndisturbed(signal);
  forget();
}

/**
 * For a race that begins: gives what ends its lanes. They stay, idle, until the browser has
 * counted the page with them, or until something else takes the device; nothing waits for it.
 */
export function followRace(): (end: () => void) => void {
  const { lack } = pageMemory.getState();
  if (lack !== null) return (end) => end();
  const before: Reading =
    idle.state === 'read'
      ? idle
      : { state: 'missed', why: 'the race began before the browser answered' };
  // What the page keeps of this race is new.
  idle = INTERRUPTED;
  pageMemory.setState({ before, alive: NONE, after: NONE });
  return (end) => void countLanes(end);
}

async function countLanes(end: () => void): Promise<void> {
  const { signal, forget } = untilTaken();
  let alive = ASKED;
  let after = NONE;
  const show = () => pageMemory.setState({ alive, after });
  signal.addEventListener('abort', () => {
    // At once: what takes the device must not share it with these lanes for a moment.
    end();
    if (alive.state !== 'read') alive = INTERRUPTED;
    if (after.state !== 'read') after = INTERRUPTED;
    show();
  });
  show();
  alive = await readUndisturbed(signal);
  if (signal.aborted) return;
  end();
  after = ASKED;
  show();
  const settled = new Promise<void>((resolve) => setTimeout(resolve, SETTLED));
  await Promise.race([settled, aborted(signal)]);
  after = await readUndisturbed(signal);
  forget();
  if (signal.aborted) return;
  if (after.state === 'read') idle = after;
  show();
}
