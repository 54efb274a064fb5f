// Does the page stay smooth while all cores race? Main-thread tasks over 50 ms (Long Tasks API) and frames
// (requestAnimationFrame) during a WASM race of 20 seconds.

import { pressRun, raceEnds, withPage, withSite } from './site.mjs';

const MIN_FRAMES = 30;

/** @param {string} chromium */
async function measure(chromium) {
  return withSite(({ url }) =>
    withPage(chromium, async (page) => {
      await page.goto(url);
      await page.getByLabel('How long').selectOption('for 20 seconds');
      await page.evaluate(() => {
        const seen = { long: /** @type {string[]} */ ([]), frames: 0, since: performance.now() };
        new PerformanceObserver((list) => {
          for (const { duration, startTime } of list.getEntries()) {
            seen.long.push(
              `${Math.round(duration)} ms at ${((startTime - seen.since) / 1000).toFixed(1)} s`,
            );
          }
        }).observe({ type: 'longtask' });
        const count = () => {
          seen.frames++;
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
        Object.assign(globalThis, { seen });
      });
      await pressRun(page);
      await raceEnds(page);
      const { long, perSecond } = await page.evaluate(() => {
        const { seen } = /** @type {any} */ (globalThis);
        return {
          long: /** @type {string[]} */ (seen.long),
          perSecond: (seen.frames * 1000) / (performance.now() - seen.since),
        };
      });
      if (long.length > 0) console.log(`tasks over 50 ms: ${long.join('; ')}`);
      return {
        holds: long.length === 0 && perSecond >= MIN_FRAMES,
        line: `${long.length} tasks over 50 ms (none allowed), ${perSecond.toFixed(0)} frames a second (at least ${MIN_FRAMES})`,
      };
    }),
  );
}

export default {
  title: 'a WASM race of 20 s: no main-thread task over 50 ms, >= 30 frames a second',
  measure,
};
