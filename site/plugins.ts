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
