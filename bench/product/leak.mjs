// In the browser: begins the product's own lanes, runs them and ends them, with nothing of its pages around them.

import { randomFeeds } from '../../src/core/race/inputs.ts';
import { readPageMemory } from '../../src/engine/device/pageMemory.ts';
import { LaneClient } from '../../src/engine/race/client.ts';
import { buildFor, RUNTIMES } from '../../src/engine/runtime/runtime.ts';

/** @typedef {import('../../src/core/backends/backend.ts').Backend} Backend */

const RUNS = 5;

/** @param {string} url */
const fetched = async (url) => (await fetch(url)).blob();

/** @type {Promise<{ runtime: Blob, model: Blob }> | null} */
let files = null;

/** The files stay in the page, as they do in the product. @param {Backend} backend @param {string} file */
async function given(backend, file) {
  const build = buildFor(backend);
  files ??= (async () => ({
    runtime: await fetched(RUNTIMES[build].url),
    model: await fetched(file),
  }))();
  return { build, ...(await files) };
}

/** One lane from its worker's start to its end. @param {Backend} backend @param {string} file */
async function cycle(backend, file) {
  const source = /** @type {const} */ ({ kind: 'dropped', file });
  const precision = /** @type {const} */ ('fp32');
  const variant = { id: 'leak', title: 'leak', precision, bytes: 0, source };
  const lane = { id: 'leak', variant, backend, reference: true };
  const client = new LaneClient(lane, () => given(backend, file));
  try {
    const { inputs } = await client.open();
    await client.load('race', randomFeeds(inputs, {}, 1));
    const what = { slot: /** @type {const} */ ('race'), from: 0, count: 1, batch: 1, keep: true };
    return (await client.turn({ ...what, repeat: RUNS })).memory;
  } finally {
    client.terminate();
  }
}

/**
 * Sessions made, run and released in one worker that lives on.
 * @param {Backend} backend @param {string} file @param {number} count
 * @returns {Promise<import('../../src/core/session/runner.ts').LaneMemory[]>} after each
 */
async function sessions(backend, file, count) {
  const worker = new Worker(new URL('./leak.worker.mjs', import.meta.url), { type: 'module' });
  try {
    const request = { ...(await given(backend, file)), file, backend };
    return await new Promise((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }) =>
        'error' in data ? reject(new Error(data.error)) : resolve(data.memories);
      worker.postMessage({ request, count, runs: RUNS });
    });
  } finally {
    worker.terminate();
  }
}

/** What the bench calls, from outside of the page. */
export const product = { cycle, sessions, pageMemory: readPageMemory };
Object.assign(globalThis, { product });
