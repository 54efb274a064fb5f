/**
 * A service worker for hosts that cannot set headers (GitHub Pages): it adds the isolation
 * headers to every answer of our own origin, which gives the page threads and a fine clock.
 * Built as its own entry; registered by state/isolation.ts only where the headers are missing.
 */
import { ISOLATION_HEADERS } from '../site/headers.ts';

const scope = self as unknown as {
  addEventListener(
    type: 'install' | 'activate' | 'fetch',
    listener: (event: {
      waitUntil(done: Promise<unknown>): void;
      readonly request: Request;
      respondWith(response: Promise<Response>): void;
    }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  // Devtools ask so for what is only in the cache; fetch would refuse.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  if (new URL(request.url).origin !== location.origin) return;
  event.respondWith(isolated(request));
});

async function isolated(request: Request): Promise<Response> {
  const response = await fetch(request);
  // An opaque answer has no headers to add to.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION_HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
