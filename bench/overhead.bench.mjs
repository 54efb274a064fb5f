// What does the harness add? The product's lane against a loop written by hand (src/engine/selftest/baseline.worker.ts), both in the
// same race on the same page, in several sessions (sessions.mjs). Timings last 100 clock steps, as in the self-test: at the 25
// of a race, medians stand on steps so coarse that equal lanes of a small model differ by more than the band is wide.

import { resnet18 } from './architectures.mjs';
import { countOf, DIGITS, quantile, withInstrument } from './product.mjs';
import { inSessions, SESSIONS, together } from './sessions.mjs';

const BAND = { low: 0.98, high: 1.02 };
/** ResNet-18 takes some 50 ms on two threads with pictures of this side. */
const SIDE = 176;
const MIDDLE = 'resnet18.onnx';

const MODELS = [
  { title: 'digits fp32', file: DIGITS.fp32, seconds: 6 },
  { title: `ResNet-18 at ${SIDE} × ${SIDE}, fp32`, file: `/${MIDDLE}`, seconds: 15 },
];

/**
 * @param {import('./product.mjs').Instrument} instrument
 * @param {(typeof MODELS)[number]} model
 */
async function overheadOf({ race }, { title, file, seconds }) {
  const ratios = await inSessions(async ({ index, backwards }) => {
    const lanes = [{ file }, { file, bare: true }];
    const asked = { lanes, backwards, seconds, seed: index + 1, finer: true };
    const [lane, bare] = await race(asked);
    const found = bare?.ratio;
    if (!lane || !bare || !found) throw new Error(`${title}: a lane took no turns.`);
    const { low, high } = found.interval ?? { low: Number.NaN, high: Number.NaN };
    console.log(
      `${title}, session ${index + 1}: lane ${lane.median.toFixed(3)} ms, bare ${bare.median.toFixed(3)} ms, paired ratio ${found.ratio.toFixed(4)} (95%: ${low.toFixed(4)} to ${high.toFixed(4)}, ${found.pairs} rounds)`,
    );
    return found.ratio;
  });
  console.log(
    `${title}: sessions from ${quantile(ratios, 0).toFixed(4)} to ${quantile(ratios, 1).toFixed(4)}`,
  );
  return ratios;
}

/** @param {string} chromium */
async function measure(chromium) {
  const models = { [MIDDLE]: await resnet18(SIDE) };
  return withInstrument(chromium, models, async (instrument) => {
    const all = [];
    for (const model of MODELS) all.push(await overheadOf(instrument, model));
    const ratios = await together(all);
    const found = MODELS.map(({ title }, i) => ({ title, ratio: ratios[i] ?? Number.NaN }));
    return {
      holds: found.every(({ ratio }) => ratio >= BAND.low && ratio <= BAND.high),
      line: `lane / baseline loop: ${found.map(({ title, ratio }) => `${ratio.toFixed(3)} (${title})`).join(', ')}; medians of ${countOf(SESSIONS)} sessions (${BAND.low} to ${BAND.high})`,
    };
  });
}

export default {
  title: 'a lane against a baseline loop, digits and a model of 50 ms: ratio from 0.98 to 1.02',
  measure,
};
