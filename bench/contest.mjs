// Races files of one model against each other in a real browser.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../scripts/setup.mjs';
import { withPage } from './site.mjs';

const RUNTIME = join(root, 'node_modules/onnxruntime-web/dist');
const WORKER = fileURLToPath(new URL('./race.worker.mjs', import.meta.url));

/** What makes a page isolated, and with that threads possible. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** @param {string} path */
const typeOf = (path) =>
  path.endsWith('js')
    ? 'text/javascript'
    : path.endsWith('wasm')
      ? 'application/wasm'
      : 'text/html';

/**
 * Serves an empty page, the runtime, the worker and a folder of files.
 * @template T
 * @param {string} folder
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withServer(folder, use) {
  const server = createServer(({ url = '/' }, response) => {
    const name = basename(url);
    const path =
      name === basename(WORKER) ? WORKER : join(name.startsWith('ort') ? RUNTIME : folder, name);
    try {
      const body = url === '/' ? '<!doctype html>' : readFileSync(path);
      response.writeHead(200, { ...HEADERS, 'Content-Type': typeOf(name) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  try {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    return await use(`http://127.0.0.1:${port}/`);
  } finally {
    server.close();
  }
}

/**
 * @param {string} chromium
 * @param {string} folder holds the files and inputs.bin
 * @param {import('./race.worker.mjs').RaceRequest} request
 * @returns {Promise<import('./race.worker.mjs').RaceResult>}
 */
export function contest(chromium, folder, request) {
  return withServer(folder, (url) =>
    withPage(chromium, async (page) => {
      await page.goto(url);
      const text = await page.evaluate(
        ([script, asked]) =>
          new Promise((resolve, reject) => {
            const worker = new Worker(script, { type: 'module' });
            worker.onerror = ({ message }) => reject(new Error(message));
            worker.onmessage = ({ data }) => {
              if (data.ready) worker.postMessage(asked);
              else if (data.error) reject(new Error(data.error));
              // Arrays of numbers cross to Node as text.
              else
                resolve(
                  JSON.stringify(data.result, (_, value) =>
                    value instanceof Float32Array ? [...value] : value,
                  ),
                );
            };
          }),
        /** @type {const} */ ([basename(WORKER), request]),
      );
      return JSON.parse(/** @type {string} */ (text));
    }),
  );
}
