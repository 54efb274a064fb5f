/**
 * A browser's page for tests in Node: storage, locks, a tab that can be hidden, workers by script
 * and a host. Time stands still but for what workers take of it (`pass`).
 */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { FakeWorkers } from '../../engine/worker/workers.testing.ts';
import { Host } from './host.testing.ts';

/** What stays in a browser when its pages go. */
export class BrowserProfile {
  readonly database = new IDBFactory();
  readonly local = new Map<string, string>();
  readonly caches = new Map<string, Map<string, Response>>();
  /** Exclusive locks that pages hold, with who waits for them. */
  readonly locks = new Map<string, { readonly page: Locks; readonly grant: () => void }[]>();
}

/** A page that was opened in a profile. */
export interface FakePage {
  readonly profile: BrowserProfile;
  readonly workers: FakeWorkers;
  readonly host: Host;
  hide(hidden: boolean): void;
  /** Ends with all its workers in the midst of whatever it was doing; its locks are free then. */
  crash(): void;
}

const BASE = 'https://bench.test/';

/** Cache Storage, as far as it is used. */
const cachesOf = ({ caches }: BrowserProfile) => ({
  open: async (name: string) => {
    const kept = caches.get(name) ?? new Map<string, Response>();
    caches.set(name, kept);
    const keyOf = (key: string | { readonly url: string }) =>
      new URL(typeof key === 'string' ? key : key.url, BASE).href;
    return {
      match: async (key: string) => kept.get(keyOf(key))?.clone(),
      put: async (key: string, response: Response) => void kept.set(keyOf(key), response),
      delete: async (key: string) => kept.delete(keyOf(key)),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
    };
  },
});

/** Exclusive locks; shared ones are granted at once, since nobody here waits for those to end. */
class Locks {
  private readonly all: BrowserProfile['locks'];
  private readonly held = new Set<string>();
  private crashed = false;

  constructor({ locks }: BrowserProfile) {
    this.all = locks;
  }

  readonly request = async (name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const task = rest.at(-1) as () => unknown;
    const { mode, signal } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    if (mode === 'shared') return task();
    const waiting = this.all.get(name);
    if (!waiting) this.all.set(name, []);
    else {
      await new Promise<void>((resolve, reject) => {
        const waiter = { page: this, grant: resolve };
        waiting.push(waiter);
        signal?.addEventListener('abort', () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason);
        });
      });
    }
    this.held.add(name);
    try {
      return await task();
    } finally {
      if (!this.crashed) this.free(name);
    }
  };

  private free(name: string): void {
    this.held.delete(name);
    const waiting = this.all.get(name) ?? [];
    // A page that is gone waits no more.
    let next = waiting.shift();
    while (next?.page.crashed) next = waiting.shift();
    if (next) next.grant();
    else this.all.delete(name);
  }

  crash(): void {
    this.crashed = true;
    for (const name of this.held) this.free(name);
  }
}

let pumping = false;

/** Timers that are due at once go off, as they do in a page that waits. */
function pump(): void {
  if (!pumping) return;
  vi.advanceTimersByTime(0);
  setImmediate(pump);
}

/** Opens a page; modules that keep something are to be imported anew after it. */
export function openPage(
  profile = new BrowserProfile(),
  { userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0' } = {},
): FakePage {
  closePage();
  vi.resetModules();
  const locks = new Locks(profile);
  const workers = new FakeWorkers();
  const host = new Host();
  const tab = Object.assign(new EventTarget(), { hidden: false, baseURI: BASE });
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
    now: Date.parse('2026-11-29T12:00:00Z'),
  });
  pumping = true;
  pump();
  vi.stubGlobal('document', tab);
  vi.stubGlobal('indexedDB', profile.database);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => profile.local.get(key) ?? null,
    setItem: (key: string, value: string) => void profile.local.set(key, value),
    removeItem: (key: string) => void profile.local.delete(key),
  });
  vi.stubGlobal('caches', cachesOf(profile));
  vi.stubGlobal('navigator', { userAgent, hardwareConcurrency: 4, locks });
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('Worker', workers.Worker);
  vi.stubGlobal('fetch', host.fetch);
  return {
    profile,
    workers,
    host,
    hide: (hidden) => {
      tab.hidden = hidden;
      tab.dispatchEvent(new Event('visibilitychange'));
    },
    crash: () => {
      for (const worker of workers.started) worker.terminate();
      locks.crash();
    },
  };
}

/** Far longer than anything here takes, on any machine; a test that fails waits this long. */
const NEVER_NS = 50_000_000_000n;

/** Waits for what the page does in its own time: storage, digests, code. Its clock stands still. */
export async function until(holds: () => unknown): Promise<void> {
  const began = process.hrtime.bigint();
  while (!(await holds())) {
    if (process.hrtime.bigint() - began > NEVER_NS) throw new Error(`It never came to: ${holds}`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** To be called after each test that opened a page. */
export function closePage(): void {
  pumping = false;
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
