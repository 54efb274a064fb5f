// Does a lane give back what it took? 50 lanes, one after the other, each from its worker's start to its end, on WASM and
// on WebGPU (an adapter played by the CPU). Memory is what the operating system says that the page's and the GPU's
// processes hold, after garbage collection and once it has settled; beside it the page's JavaScript heap and the
// browser's own count of the page with its workers. Sessions released inside one worker are shown too, as information.

import { SOFTWARE_GPU } from '../scripts/browser.mjs';
import { processesOf } from './processes.mjs';
import { countOf, DIGITS, withProductPage } from './product.mjs';

const CYCLES = 50;
/** From here on nothing new is compiled, cached or opened. */
const FROM = 5;
const READ_AT = [FROM, 10, 20, 30, 40, CYCLES];
const MAX_RATIO = 1.05;
/** Enough to see whether released sessions add up. */
const SESSIONS = 20;

/** @typedef {import('../src/core/backends/backend.ts').Backend} Backend */

const BACKENDS = /** @type {const} */ ([
  { title: 'WASM', backend: { kind: 'wasm', threads: 2 }, flags: [] },
  { title: 'WebGPU', backend: { kind: 'webgpu' }, flags: SOFTWARE_GPU },
]);

const mb = (/** @type {number} */ value) => `${(value / 1e6).toFixed(1)} MB`;

/**
 * Calls the page's `product`.
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 * @param {...unknown} args
 */
const call = (page, name, ...args) =>
  page.evaluate(
    ([what, given]) => /** @type {any} */ (globalThis).product[what](...given),
    /** @type {const} */ ([name, args]),
  );

/**
 * @param {import('@playwright/test').Page} page
 * @param {(typeof BACKENDS)[number]} lane
 */
async function cycles(page, { title, backend }) {
  const read = await processesOf(page);
  const cycle = countOf(CYCLES);
  const curve = [];
  const pages = [];
  for (let done = 1; done <= cycle; done++) {
    await call(page, 'cycle', backend, DIGITS.fp32);
    if (!READ_AT.includes(done) && done !== cycle) continue;
    const held = await read();
    curve.push(held);
    console.log(
      `${title}, after ${String(done).padStart(2)} lanes: page ${mb(held.page)}, GPU process ${mb(held.gpu)}, JavaScript heap ${mb(held.js)}`,
    );
    if (done === FROM || done === cycle) pages.push((await call(page, 'pageMemory')).bytes);
  }
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) throw new Error(`${title}: nothing was read.`);
  const told = pages[1] / pages[0];
  console.log(
    `${title}: the browser counts ${pages.map(mb).join(', then ')} (ratio ${told.toFixed(3)}); JavaScript heap ratio ${(last.js / first.js).toFixed(3)}`,
  );
  return { page: last.page / first.page, gpu: last.gpu / first.gpu };
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {(typeof BACKENDS)[number]} lane
 */
async function released(page, { title, backend }) {
  const memories = await call(page, 'sessions', backend, DIGITS.fp32, SESSIONS);
  const heaps = memories.map((/** @type {{ heap: number }} */ { heap }) => mb(heap));
  const gpu = memories.map((/** @type {{ gpu: number | null }} */ one) => mb(one.gpu ?? 0));
  console.log(
    `${title}, ${SESSIONS} sessions released inside one worker: heap ${heaps[0]} after the first, ${heaps.at(-1)} after the last${backend.kind === 'webgpu' ? `; live GPU buffers ${gpu[0]}, ${gpu.at(-1)}` : ''}`,
  );
}

/** @param {string} chromium */
async function measure(chromium) {
  const found = [];
  for (const lane of BACKENDS) {
    const options = { path: 'bench/product/leak.html', flags: [...lane.flags] };
    const ratios = await withProductPage(chromium, options, async (page) => {
      const ratio = await cycles(page, lane);
      await released(page, lane);
      return ratio;
    });
    found.push({ title: lane.title, ...ratios });
  }
  return {
    holds: found.every(({ page, gpu }) => page <= MAX_RATIO && gpu <= MAX_RATIO),
    line: `memory after ${countOf(CYCLES)} lanes / after ${FROM}: ${found
      .map(
        ({ title, page, gpu }) => `${title} page ${page.toFixed(3)}, GPU process ${gpu.toFixed(3)}`,
      )
      .join('; ')} (at most ${MAX_RATIO})`,
  };
}

export default {
  title: '50 lanes begun and ended on WASM and on WebGPU: at most 5% more memory than after 5',
  measure,
};
