// What a first visit costs the network: every byte that the server writes to its sockets, headers and compression
// included, from an empty cache until the first inference of the default race has run.

import { pressRun, raceEnds, withPage, withSite } from './site.mjs';

const MAX_BYTES = 4.6e6;
const MAX_SCRIPT_BYTES = 250e3;

/** @typedef {{ path: string, bytes: number, start: number, end: number }} Transfer */

/**
 * Notes what each answer wrote to its socket; requests on one HTTP/1.1 socket come one after another.
 * @param {import('vite').PreviewServer} server
 */
function watchTransfers({ httpServer }) {
  /** @type {Transfer[]} */
  const transfers = [];
  httpServer.prependListener('request', (request, response) => {
    const { socket } = request;
    const before = socket.bytesWritten;
    const start = Date.now();
    response.on('close', () => {
      const bytes = socket.bytesWritten - before;
      transfers.push({ path: request.url ?? '', bytes, start, end: Date.now() });
    });
  });
  return transfers;
}

/** @param {Transfer[]} transfers */
const sum = (transfers) => transfers.reduce((total, { bytes }) => total + bytes, 0);

/** @param {string} chromium */
async function measure(chromium) {
  return withSite(({ url, server }) =>
    withPage(chromium, async (page) => {
      const transfers = watchTransfers(server);
      await page.goto(url);
      await pressRun(page);
      await raceEnds(page);
      const first = await page.evaluate(() => {
        const [mark] = performance.getEntriesByName('first-inference');
        return mark ? performance.timeOrigin + mark.startTime : null;
      });
      if (first === null) throw new Error('The page marked no first inference.');
      // One that had begun counts whole: it would be paid for even if the page closed now.
      const before = transfers.filter(({ start }) => start <= first);
      const scripts = before.filter(({ path }) => /\.js($|\?)/.test(path));
      for (const { path, bytes } of before) console.log(`${String(bytes).padStart(9)}  ${path}`);
      const [all, script] = [sum(before), sum(scripts)];
      return {
        holds: all <= MAX_BYTES && script <= MAX_SCRIPT_BYTES,
        line: `${(all / 1e6).toFixed(2)} MB until the first inference (at most 4.60), of which JavaScript ${(script / 1e3).toFixed(0)} KB (at most 250)`,
      };
    }),
  );
}

export default {
  title:
    'compressed bytes of a first visit until the first inference: <= 4.6 MB, JavaScript <= 250 KB',
  measure,
};
