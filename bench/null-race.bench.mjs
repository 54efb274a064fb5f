// Does the instrument see differences where there are none? One model races against itself in two lanes, 40 times, in
// new sessions each, through the product's own lanes, race and figures. A difference that is called real is a false
// alarm. Without the margin that the product leaves for what sessions differ by, there would be more.

import { countOf, DIGITS, median, quantile, withInstrument } from './product.mjs';

const RACES = 40;
const MAX_ALARMS = 4;
const SECONDS = 8;

/** @param {string} chromium */
async function measure(chromium) {
  return withInstrument(chromium, {}, async ({ race }) => {
    /** @type {number[]} */
    const ratios = [];
    /** @type {number[]} how far the nearer end of an interval lies from 1, where 1 is not in it */
    const beyond = [];
    let alarms = 0;
    const races = countOf(RACES);
    for (let i = 0; i < races; i++) {
      const lanes = [{ file: DIGITS.fp32 }, { file: DIGITS.fp32 }];
      const [, twin] = await race({ lanes, backwards: i % 2 === 1, seconds: SECONDS, seed: i + 1 });
      const found = twin?.ratio;
      if (!twin || !found?.interval) throw new Error(`Race ${i + 1} gave no interval.`);
      const { low, high } = found.interval;
      const outside = Math.max(0, low - 1, 1 / high - 1);
      if (outside > 0) beyond.push(outside);
      if (twin.speed !== 'same') alarms++;
      ratios.push(found.ratio);
      console.log(
        `${String(i + 1).padStart(2)}  ${found.ratio.toFixed(4)}  95%: ${low.toFixed(4)} to ${high.toFixed(4)}, ${found.pairs} rounds  ${twin.speed}${outside > 0 && twin.speed === 'same' ? ', by the margin' : ''}`,
      );
    }
    const off = ratios.map((ratio) => Math.abs(ratio - 1));
    const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(2)}%`;
    console.log(
      `distance from 1: median ${percent(median(off))}, 90% within ${percent(quantile(off, 0.9))}, largest ${percent(Math.max(...off))}; without the margin ${beyond.length} of ${races} would be called different, by up to ${percent(Math.max(0, ...beyond))}`,
    );
    return {
      holds: alarms <= MAX_ALARMS,
      line: `${alarms} of ${races} races of a model against itself are called different (at most ${MAX_ALARMS}), ${beyond.length} without the margin`,
    };
  });
}

export default {
  title: '40 races of a model against itself: at most 4 show a significant difference',
  measure,
};
