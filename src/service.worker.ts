/**
 * The site's service worker, with two jobs. It keeps the site's own files, so that it opens
 * without a network; and it adds the isolation headers where the host cannot (GitHub Pages),
 * which gives the page threads and a fine clock.
 *
 * One version of the site is one worker and one cache. A newer worker fills its own cache and takes
 * over once nothing measures; the next visit opens it, whole. Pages of an older version stay as they
 * are and find their own scripts and styles, by the hash in their names, while they are open; lists
 * and samples, whose names carry none, are the newer ones, as on any host. (That a page asks the
 * newer worker to take over while it loads does not work in Chromium 156: requests wake the older
 * worker as it ends, and the next reload hangs.)
 *
 * Models and runtimes pass by: engine/files/fileCache.ts keeps those that were asked for.
 *
 * Built by site/serviceWorker.ts, registered by state/app/offline.ts.
 */

import { ISOLATION_HEADERS } from '../site/headers.ts';
import { MEASURING } from './core/measuring.ts';
import { SITE_CACHE, STORE_SITE } from './core/offline.ts';
import { fetchIntact, siteCaches } from './engine/files/siteCache.ts';

/** The version's files, put here by the build: address within the site, and what it must hold. */
declare const __SITE__: {
  readonly version: string;
  /** "" is the start page; the last one. */
  readonly files: Readonly<Record<string, string>>;
};

interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
  readonly request: Request;
  readonly data: unknown;
}
const scope = self as unknown as {
  addEventListener(
    type: 'install' | 'fetch' | 'message',
    listener: (event: WorkerEvent) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly registration: {
    readonly active: unknown;
    readonly installing: unknown;
    readonly waiting: unknown;
  };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { includeUncontrolled: boolean }): Promise<readonly { url: string }[]>;
  };
};

const { version, files } = __SITE__;
const CACHE = `${SITE_CACHE}${version}`;
const root = new URL('./', location.href).href;

scope.addEventListener('install', (event) => {
  // The first one has nobody to replace, and isolation cannot wait: it keeps files when asked.
  if (scope.registration.active) event.waitUntil(storeSite().then(takeOver));
});
scope.addEventListener('message', (event) => {
  if (event.data === STORE_SITE) event.waitUntil(storeForVisits());
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const file = fileOf(request.url);
  // Pages and workers need the headers, and a page of an older version its own scripts and styles;
  // models, runtimes and pictures pass by.
  const concerns =
    request.mode === 'navigate' || ['worker', 'script', 'style'].includes(request.destination);
  if (file === null && !(concerns && request.url.startsWith(root))) return;
  event.respondWith(answer(request, file));
});

/** @returns null for what is no file of this version */
function fileOf(url: string): string | null {
  const [address = ''] = url.split(/[?#]/);
  if (!address.startsWith(root)) return null;
  const file = address.slice(root.length).replace(/^index\.html$/, '');
  return Object.hasOwn(files, file) ? file : null;
}

/** From the cache once the version is there whole, else from the network. */
async function answer(request: Request, file: string | null): Promise<Response> {
  const kept = file === null ? await storedByOthers(request.url) : await storedFile(file);
  return kept ?? isolated(await fromNetwork(request, file));
}

/** Names with a hash are of one content for ever; a host may have newer lists and start pages. */
const isHashed = (file: string): boolean => file.startsWith('assets/');

/** A script or style is checked here, since the page itself cannot. */
function fromNetwork(request: Request, file: string | null): Promise<Response> {
  if (file === null || !isHashed(file)) return fetch(request);
  return fetchIntact(root + file, files[file] as string, 'default');
}

/** The same response with the headers that isolate a page. */
function isolated(response: Response): Response {
  // An opaque answer has no headers to add to.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION_HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

async function storedFile(file: string): Promise<Response | null> {
  const cache = await caches.open(CACHE);
  // The start page is kept last: where it is, all the others are.
  if (file !== '' && !(await cache.match(root))) return null;
  return (await cache.match(root + file)) ?? null;
}

/** What this version lacks and another has: names of such files carry their content's hash. */
async function storedByOthers(url: string): Promise<Response | null> {
  if (!url.startsWith(`${root}assets/`)) return null;
  for (const cacheName of await siteCaches()) {
    const kept = await caches.match(url, { cacheName });
    if (kept) return kept;
  }
  return null;
}

/** Completes this version's cache, and tidies up once nobody needs another. */
async function storeForVisits(): Promise<void> {
  await storeSite();
  await scope.clients.claim();
  // A newer version may have kept its files already, and another page may be of an older one.
  const { installing, waiting } = scope.registration;
  if (!installing && !waiting && (await openPages()) === 1) await dropOthers();
}

async function openPages(): Promise<number> {
  const pages = await scope.clients.matchAll({ includeUncontrolled: true });
  // Another site may lie beside this one under the same host.
  return pages.filter(({ url }) => url.startsWith(root)).length;
}

/** Keeps what is not here yet, file by file and never while a page measures. */
async function storeSite(): Promise<void> {
  const cache = await caches.open(CACHE);
  if (await cache.match(root)) return;
  for (const [file, integrity] of Object.entries(files)) {
    if (await cache.match(root + file)) continue;
    await unhurried(async () => {
      // Names with a hash may come from the browser's cache.
      const mode = isHashed(file) ? 'default' : 'no-cache';
      const response = await fetchIntact(root + file, integrity, mode);
      if (!response.ok) throw new Error(`${file}: the server said ${response.status}`);
      await cache.put(root + file, isolated(response));
    });
  }
}

const unhurried = (task: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request(MEASURING, task) : task();

const takeOver = (): Promise<void> => unhurried(() => scope.skipWaiting());

async function dropOthers(): Promise<void> {
  const others = (await siteCaches()).filter((name) => name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}
