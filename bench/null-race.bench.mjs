// Does the instrument see differences where there are none? The same model races against itself, 40 times, through the
// page as a person uses it. A difference that is called significant is a false alarm; with 95% intervals 2 are expected.

import { readFileSync } from 'node:fs';
import { pressRun, raceEnds, withPage, withSite } from './site.mjs';

const RACES = 40;
const MOST_ALARMS = 4;

const model = readFileSync(new URL('../public/models/digits-fp32.onnx', import.meta.url));

/** @param {number[]} values @param {number} share */
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.round(share * (values.length - 1))] ?? Number.NaN;

/** @param {string} chromium */
async function measure(chromium) {
  return withSite(({ url }) =>
    withPage(chromium, async (page) => {
      await page.goto(url);
      await page.getByLabel('ONNX files').setInputFiles(
        ['one.onnx', 'other.onnx'].map((name) => ({
          name,
          mimeType: 'application/octet-stream',
          buffer: model,
        })),
      );
      const other = page.locator('[data-lane][data-ratio]');
      /** @type {number[]} */
      const ratios = [];
      /** @type {number[]} */
      const alarms = [];
      for (let race = 0; race < RACES; race++) {
        await pressRun(page);
        await page.getByRole('button', { name: 'Stop' }).waitFor();
        await raceEnds(page);
        const ratio = Number(await other.getAttribute('data-ratio'));
        const speed = await other.getAttribute('data-speed');
        ratios.push(ratio);
        if (speed !== 'same') alarms.push(ratio);
        console.log(`${String(race + 1).padStart(2)}  ${ratio.toFixed(4)}  ${speed}`);
      }
      const off = ratios.map((ratio) => Math.abs(ratio - 1));
      console.log(
        `distance from 1: median ${(100 * quantile(off, 0.5)).toFixed(2)}%, 90% below ${(100 * quantile(off, 0.9)).toFixed(2)}%, largest ${(100 * Math.max(...off)).toFixed(2)}%`,
      );
      return {
        holds: alarms.length <= MOST_ALARMS,
        line: `${alarms.length} of ${RACES} races of a model against itself show a difference (at most ${MOST_ALARMS})`,
      };
    }),
  );
}

export default {
  title: '40 races of a model against itself: at most 4 show a significant difference',
  measure,
};
