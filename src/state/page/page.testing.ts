/** What the stores need of a browser, for tests in Node: storage, locks and a tab that can be hidden. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { vi } from 'vitest';

/** What stays in a browser when its pages go. */
export class Profile {
  readonly database = new IDBFactory();
  readonly local = new Map<string, string>();
  /** Exclusive locks that pages hold, with who waits for them. */
  readonly locks = new Map<string, (() => void)[]>();
}

/** A page that was opened in a profile. */
export interface FakePage {
  readonly profile: Profile;
  hide(hidden: boolean): void;
  /** Lets go of its locks, as every page does that goes, whatever it was doing. */
  crash(): void;
}

/** Opens a page; modules that keep something are to be imported anew after it. */
export function openPage(
  profile = new Profile(),
  { userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0' } = {},
): FakePage {
  vi.resetModules();
  const held = new Set<string>();
  const free = (name: string) => {
    held.delete(name);
    const waiting = profile.locks.get(name);
    const next = waiting?.shift();
    if (next) next();
    else profile.locks.delete(name);
  };
  let crashed = false;
  /** Exclusive ones only; shared ones are granted at once. */
  const request = async (name: string, ...rest: readonly unknown[]) => {
    const task = rest.at(-1) as () => unknown;
    const { mode } = rest.length > 1 ? (rest[0] as LockOptions) : {};
    if (mode === 'shared') return task();
    const waiting = profile.locks.get(name);
    if (waiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else profile.locks.set(name, []);
    held.add(name);
    try {
      return await task();
    } finally {
      if (!crashed) free(name);
    }
  };
  const tab = Object.assign(new EventTarget(), { hidden: false, baseURI: 'https://bench.test/' });
  vi.stubGlobal('document', tab);
  vi.stubGlobal('indexedDB', profile.database);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => profile.local.get(key) ?? null,
    setItem: (key: string, value: string) => profile.local.set(key, value),
    removeItem: (key: string) => profile.local.delete(key),
  });
  vi.stubGlobal('navigator', { userAgent, hardwareConcurrency: 4, locks: { request } });
  return {
    profile,
    hide: (hidden) => {
      tab.hidden = hidden;
      tab.dispatchEvent(new Event('visibilitychange'));
    },
    crash: () => {
      crashed = true;
      for (const name of held) free(name);
    },
  };
}
