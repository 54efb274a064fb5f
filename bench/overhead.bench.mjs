// What does the harness add? The product's lane against a loop written by hand (src/engine/selftest/bare.worker.ts), both in the
// same race on the same page. Two sessions of the same model differ by some per cent for as long as they live, so each
// model is raced in several pairs of new sessions, opened in turn the one or the other first; their median counts.

import { resnet18 } from './architectures.mjs';
import { countOf, DIGITS, median, quantile, withInstrument } from './product.mjs';

const PAIRS = 9;
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
  const ratios = [];
  for (let pair = 0; pair < countOf(PAIRS); pair++) {
    const lanes = [{ file }, { file, bare: true }];
    const [lane, bare] = await race({ lanes, backwards: pair % 2 === 1, seconds, seed: pair + 1 });
    const found = bare?.ratio;
    if (!lane || !bare || !found) throw new Error(`${title}: a lane took no turns.`);
    const { low, high } = found.interval ?? { low: Number.NaN, high: Number.NaN };
    console.log(
      `${title}, pair ${pair + 1}: lane ${lane.median.toFixed(3)} ms, bare ${bare.median.toFixed(3)} ms, paired ratio ${found.ratio.toFixed(4)} (95%: ${low.toFixed(4)} to ${high.toFixed(4)}, ${found.pairs} rounds)`,
    );
    ratios.push(found.ratio);
  }
  const ratio = median(ratios);
  console.log(
    `${title}: median ratio ${ratio.toFixed(4)}, pairs from ${quantile(ratios, 0).toFixed(4)} to ${quantile(ratios, 1).toFixed(4)}`,
  );
  return { title, ratio };
}

/** @param {string} chromium */
async function measure(chromium) {
  const models = { [MIDDLE]: await resnet18(SIDE) };
  return withInstrument(chromium, models, async (instrument) => {
    const found = [];
    for (const model of MODELS) found.push(await overheadOf(instrument, model));
    return {
      holds: found.every(({ ratio }) => ratio >= BAND.low && ratio <= BAND.high),
      line: `lane / bare loop: ${found.map(({ title, ratio }) => `${ratio.toFixed(3)} (${title})`).join(', ')}; medians of ${countOf(PAIRS)} pairs of sessions (${BAND.low} to ${BAND.high})`,
    };
  });
}

export default {
  title: 'a lane against a bare loop, digits and a model of 50 ms: ratio from 0.98 to 1.02',
  measure,
};
