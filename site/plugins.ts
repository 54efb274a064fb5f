import compression from 'compression';
import type { Connect, Plugin } from 'vite';
import { META_POLICY, SITE_HEADERS } from './headers.ts';

/** Writes `_headers` (read by Cloudflare Pages, Netlify and others) and the policy's <meta>. */
export function siteHeaders(): Plugin {
  return {
    name: 'site-headers',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const lines = Object.entries(SITE_HEADERS).map(([name, value]) => `  ${name}: ${value}`);
      const source = `/*\n${lines.join('\n')}\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n`;
      this.emitFile({ type: 'asset', fileName: '_headers', source });
    },
  };
}

/**
 * Sends headers with every answer of the dev and preview servers. Vite's own `headers` options
 * leave them off a 304, and WebKit then refuses the worker script that it revalidated.
 */
export function servedHeaders(headers: {
  readonly dev: Readonly<Record<string, string>>;
  readonly preview: Readonly<Record<string, string>>;
}): Plugin {
  const sender = (all: Readonly<Record<string, string>>): Connect.NextHandleFunction => {
    return (_request, response, next) => {
      for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
      next();
    };
  };
  return {
    name: 'served-headers',
    configureServer(server) {
      server.middlewares.use(sender(headers.dev));
    },
    configurePreviewServer(server) {
      server.middlewares.use(sender(headers.preview));
    },
  };
}

/** Hosts compress what they serve, so the preview does too. */
export function compressedPreview(): Plugin {
  return {
    name: 'compressed-preview',
    configurePreviewServer(server) {
      const compress = compression({
        filter: (_, response) => isText(String(response.getHeader('Content-Type'))),
      });
      // Written for Express, but it uses no more than Node's own request and response.
      server.middlewares.use(compress as unknown as Connect.NextHandleFunction);
    },
  };
}

const isText = (type: string) =>
  /^(text\/|application\/(javascript|json|wasm|manifest))/.test(type);
