import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { digests } from './site/digests.mjs';
import { ISOLATION_HEADERS, SITE_HEADERS } from './site/headers.ts';
import { compressedPreview, servedHeaders, siteHeaders } from './site/plugins.ts';
import { serviceWorker } from './site/serviceWorker.ts';

/** `bare` previews the site as a host does that cannot set headers (GitHub Pages). */
const bare = process.env['INFEROMETER_HEADERS'] === 'bare';

export default defineConfig({
  // Relative, so that the site works under any path without being told which.
  base: './',
  plugins: [
    react(),
    digests(),
    siteHeaders(),
    serviceWorker(),
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
      output: {
        // All that the first page needs, in one file: else it is cut into some forty small ones.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
  test: {
    // No test depends on how fast anything is: this only ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        // Pure logic keeps nothing between calls, so its many small files can share processes.
        extends: true,
        test: {
          name: 'pure',
          setupFiles: ['src/tasks/registered.testing.ts'],
          isolate: false,
          include: ['src/core/**/*.test.ts', 'src/*/*/core/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          setupFiles: ['src/tasks/registered.testing.ts'],
          include: ['src/**/*.test.ts', 'site/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['src/core/**', 'src/*/*/core/**'],
        },
      },
    ],
  },
});
