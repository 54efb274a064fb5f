import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { ISOLATION_HEADERS, SITE_HEADERS } from './site/headers.ts';
import { compressedPreview, servedHeaders, siteHeaders } from './site/plugins.ts';

/** `bare` previews the site as a host does that cannot set headers (GitHub Pages). */
const bare = process.env['INFEROMETER_HEADERS'] === 'bare';

export default defineConfig({
  // Relative, so that the site works under any path without being told which.
  base: './',
  plugins: [
    react(),
    siteHeaders(),
    servedHeaders({ dev: ISOLATION_HEADERS, preview: bare ? {} : SITE_HEADERS }),
    compressedPreview(),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The runtime's WebAssembly is large by nature; bench/first-load watches the sum.
    chunkSizeWarningLimit: 1000,
    // The policy allows no data: scripts or workers, and small files compress no better inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', 'isolation-worker': 'src/isolation.worker.ts' },
      output: {
        entryFileNames: ({ name }) =>
          // A service worker rules the folder it lies in, so this one lies at the top, unhashed.
          name === 'isolation-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  test: { include: ['src/**/*.test.ts', 'site/**/*.test.ts', 'bench/**/*.test.ts'] },
});
