// The product's own code on a page of its own, for benches that measure the instrument: built as the site is.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { root } from '../scripts/setup.mjs';
import { digests } from '../site/digests.mjs';
import { withPage } from './site.mjs';

const PAGE = 'bench/product/index.html';

/** What makes a page isolated, and with that threads possible and the clock fine. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The site's digits. */
export const DIGITS = { fp32: '/models/digits-fp32.onnx', int8: '/models/digits-int8.onnx' };

/**
 * @typedef {import('./product/page.mjs').RaceRequest} RaceRequest
 * @typedef {import('./product/page.mjs').LaneResult} LaneResult
 * @typedef {typeof import('./product/page.mjs').product} Product
 *
 * @typedef {object} Instrument
 * @property {(request: RaceRequest) => Promise<LaneResult[]>} race
 * @property {(load: Parameters<Product['setLoad']>[0]) => Promise<void>} setLoad
 * @property {number} cores
 */

/**
 * Builds a page that holds the product's own code and shows it to a fresh browser.
 * @template T
 * @param {string} chromium
 * @param {{ path?: string, models?: Readonly<Record<string, Uint8Array>>, flags?: string[] }} what the page's file from
 *   the repository's root, further files beside it by name, further flags for the browser
 * @param {(page: import('@playwright/test').Page) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withProductPage(chromium, { path = PAGE, models = {}, flags = [] }, use) {
  const outDir = await mkdtemp(join(tmpdir(), 'inferometer-product-'));
  const shared = /** @type {const} */ ({ root, configFile: false, logLevel: 'error' });
  try {
    await build({
      ...shared,
      plugins: [digests()],
      worker: { format: 'es' },
      build: {
        ...{ outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
        rolldownOptions: { input: join(root, path) },
      },
    });
    for (const [name, bytes] of Object.entries(models)) await writeFile(join(outDir, name), bytes);
    const server = await preview({
      ...shared,
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0, open: false, headers },
    });
    try {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
      const show = async (/** @type {import('@playwright/test').Page} */ page) => {
        await page.goto(`http://127.0.0.1:${port}/${path}`);
        await page.waitForFunction(() => 'product' in globalThis);
        return use(page);
      };
      return await withPage(chromium, show, flags);
    } finally {
      await server.close();
    }
  } finally {
    await rm(outDir, { recursive: true });
  }
}

/**
 * @template T
 * @param {string} chromium
 * @param {Readonly<Record<string, Uint8Array>>} models further files for races, by name
 * @param {(instrument: Instrument) => Promise<T>} use
 * @returns {Promise<T>}
 */
export const withInstrument = (chromium, models, use) =>
  withProductPage(chromium, { models }, async (page) =>
    use({
      race: (request) =>
        page.evaluate((asked) => /** @type {any} */ (globalThis).product.race(asked), request),
      setLoad: (load) =>
        page.evaluate((asked) => /** @type {any} */ (globalThis).product.setLoad(asked), load),
      cores: await page.evaluate(() => /** @type {any} */ (globalThis).product.cores),
    }),
  );

/** @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  const ascending = [...values].sort((a, b) => a - b);
  const at = share * (ascending.length - 1);
  const low = ascending[Math.floor(at)] ?? Number.NaN;
  return low + ((ascending[Math.ceil(at)] ?? low) - low) * (at % 1);
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** For trying a bench out: a smaller count from the environment, which proves nothing. @param {number} usual */
export const countOf = (usual) => Number(process.env['INFEROMETER_COUNT'] ?? usual);
