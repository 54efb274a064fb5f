// Do ratios hold while the machine drifts? Two lanes race in quiet and under a background load that comes and goes, in
// turn. Each lane's own time must move a lot, or nothing was tested; the ratio of the two must not.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/setup.mjs';
import { resnet18 } from './architectures.mjs';
import { countOf, median, withInstrument } from './product.mjs';

const RACES = 5;
const SECONDS = 16;
/** Loaded for most of the time, so that a lane's median is one of loaded turns. */
const LOAD = { busyMs: 3500, idleMs: 500 };
const MAX_CHANGE = 0.05;
const MIN_MOVE = 0.3;

/**
 * Longer than several time slices of the scheduler (some ms each): a shorter inference mostly ends within one, and its
 * median shows nothing of the load. Some 90 and 40 ms on one thread.
 */
const SIDE = 176;
/**
 * One, because threads that wait for each other within an inference lose more to a load the more often they meet: on two
 * threads the ratio really is another under load (measured: 2.2 quiet, 1.9 loaded), and a true instrument says so.
 */
const THREADS = 1;
/** Background workers for each core: with one, a lane's thread now and then finds a core of its own. */
const CROWD = 2;
const LANES = [{ file: '/fp32.onnx' }, { file: '/int8.onnx' }];

/** ResNet-18 as float and in int8, as the Compress page makes it. */
async function models() {
  const folder = await mkdtemp(join(tmpdir(), 'inferometer-drift-'));
  const at = (/** @type {string} */ name) => join(folder, name);
  try {
    const float = await resnet18(SIDE);
    writeFileSync(at('fp32.onnx'), float);
    const recipe = { version: 1, title: 'int8', steps: [{ technique: 'static-int8' }] };
    writeFileSync(at('recipe.json'), JSON.stringify(recipe));
    const files = [at('fp32.onnx'), at('recipe.json'), at('int8.onnx')];
    const script = join(root, 'scripts/compress.mjs');
    execFileSync(process.execPath, [script, ...files, '--noise', '4']);
    return { 'fp32.onnx': float, 'int8.onnx': new Uint8Array(readFileSync(at('int8.onnx'))) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @typedef {{ ratio: number, medians: number[] }} Found */

/** @param {readonly Found[]} found */
const summary = (found) => ({
  ratio: median(found.map(({ ratio }) => ratio)),
  medians: LANES.map((_, i) => median(found.map(({ medians }) => medians[i] ?? Number.NaN))),
});

/** @param {string} chromium */
async function measure(chromium) {
  return withInstrument(chromium, await models(), async ({ race, setLoad, cores }) => {
    /** @type {Record<'quiet' | 'loaded', Found[]>} */
    const all = { quiet: [], loaded: [] };
    for (let i = 0; i < countOf(RACES); i++) {
      for (const state of /** @type {const} */ (['quiet', 'loaded'])) {
        await setLoad(state === 'loaded' ? { ...LOAD, workers: CROWD * cores } : null);
        const lanes = await race({ lanes: LANES, seconds: SECONDS, seed: i + 1, threads: THREADS });
        const ratio = lanes[1]?.ratio?.ratio ?? Number.NaN;
        const medians = lanes.map((lane) => lane.median);
        all[state].push({ ratio, medians });
        console.log(
          `${state.padEnd(6)}  fp32 ${medians[0]?.toFixed(3)} ms, int8 ${medians[1]?.toFixed(3)} ms, paired ratio ${ratio.toFixed(4)} (${lanes[1]?.ratio?.pairs} rounds)`,
        );
      }
    }
    await setLoad(null);
    const [quiet, loaded] = [summary(all.quiet), summary(all.loaded)];
    const change = loaded.ratio / quiet.ratio - 1;
    const moves = loaded.medians.map((ms, i) => ms / (quiet.medians[i] ?? Number.NaN) - 1);
    const percent = (/** @type {number} */ share) =>
      `${share < 0 ? '-' : '+'}${(Math.abs(share) * 100).toFixed(1)}%`;
    return {
      holds: Math.abs(change) <= MAX_CHANGE && moves.every((move) => move > MIN_MOVE),
      line: `under load the lanes’ own medians move by ${moves.map(percent).join(' and ')} (more than 30%), their paired ratio from ${quiet.ratio.toFixed(3)} to ${loaded.ratio.toFixed(3)}, ${percent(change)} (within 5%)`,
    };
  });
}

export default {
  title: 'a load that comes and goes: paired ratio within 5%, while each median moves by over 30%',
  measure,
};
