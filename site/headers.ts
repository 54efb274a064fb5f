/**
 * The headers under which the site is served, once for all who need them: the dev and preview
 * servers, `dist/_headers` for hosts that read it, the page's own <meta> for hosts that do not,
 * and the service worker, which adds them where nobody else does.
 */

/** What makes a page cross-origin isolated: threads, a fine clock, memory measurement. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const POLICY = {
  'default-src': "'none'",
  // WebAssembly needs its own word; eval stays forbidden.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data: blob:",
  // What the lanes hear is made in the page and played from there.
  'media-src': 'blob:',
  'style-src': "'self'",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
} as const;

const join = (policy: Readonly<Record<string, string>>) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** For <meta>, where `frame-ancestors` is not allowed. */
export const META_POLICY = join(POLICY);

export const SITE_HEADERS = {
  ...ISOLATION_HEADERS,
  'Content-Security-Policy': join({ ...POLICY, 'frame-ancestors': "'none'" }),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;
