// What the browser's processes hold, as the operating system counts it. Linux only: elsewhere /proc is missing.

import { readFileSync } from 'node:fs';
import { SetupError } from '../scripts/setup.mjs';

const INTERVAL_MS = 500;
const MAX_WAITS = 30;
/** Readings this close to each other, as a share, are the same. */
const SAME = 0.005;

/**
 * Proportional set size: resident pages, each divided by the number of processes that share it. Bytes.
 * @param {number} pid
 */
function held(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    throw new SetupError('This bench reads /proc/*/smaps_rollup, which only Linux has.');
  }
  return 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]);
}

/**
 * @typedef {object} Held bytes
 * @property {number} page the process that runs the page and its workers
 * @property {number} gpu the process that holds GPU buffers
 * @property {number} js the page's own JavaScript heap
 */

/**
 * Reads the processes of a page, after garbage collection, once they change no more.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<() => Promise<Held>>}
 */
export async function processesOf(page) {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  const session = await page.context().newCDPSession(page);
  const all = await browser.newBrowserCDPSession();
  const { processInfo } = await all.send('SystemInfo.getProcessInfo');
  /** The largest of a kind: a spare renderer runs no page. @param {string} type */
  const largest = (type) =>
    processInfo
      .filter((process) => process.type.toLowerCase() === type)
      .map(({ id }) => id)
      .sort((a, b) => held(b) - held(a))[0];
  const [renderer, gpu] = [largest('renderer'), largest('gpu')];
  if (renderer === undefined || gpu === undefined) {
    throw new Error('The browser tells no process of the page or of the GPU.');
  }
  const now = () => ({ page: held(renderer), gpu: held(gpu) });
  return async () => {
    let before = now();
    for (let wait = 0; wait < MAX_WAITS; wait++) {
      await session.send('HeapProfiler.collectGarbage');
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      const after = now();
      const still = (/** @type {'page' | 'gpu'} */ which) =>
        Math.abs(after[which] - before[which]) <= SAME * before[which];
      before = after;
      // Ended workers are given two seconds before they are ended by force.
      if (wait >= 5 && still('page') && still('gpu')) break;
    }
    const { usedSize: js } = await session.send('Runtime.getHeapUsage');
    return { ...before, js };
  };
}
