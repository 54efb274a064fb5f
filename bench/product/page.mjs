// In the browser: races files through the product's own lanes, races and figures, with nothing of its pages around them.

import { randomFeeds } from '../../src/core/race/inputs.ts';
import { runRace } from '../../src/core/race/race.ts';
import { Recorder } from '../../src/core/race/record.ts';
import { FINER_TIMING } from '../../src/core/selftest/twins.ts';
import { speedOf } from '../../src/core/stats/paired.ts';
import { registerTasks } from '../../src/core/tasks/register.ts';
import { measureTimerStep } from '../../src/engine/device/clock.ts';
import { LaneClient } from '../../src/engine/race/client.ts';
import { RUNTIMES } from '../../src/engine/runtime/runtime.ts';
import { BaselineRunner } from '../../src/engine/selftest/baseline.ts';
import { raceFigures } from '../../src/state/bench/selectors.ts';
import { generic } from '../../src/tasks/generic/index.ts';

// All that it races are files of which nobody knows what they compute.
registerTasks([generic]);

/**
 * @typedef {object} LaneRequest
 * @property {string} file beside this page
 * @property {boolean} [bare] run by the loop written by hand instead of a lane
 *
 * @typedef {object} RaceRequest
 * @property {readonly LaneRequest[]} lanes the first is the reference
 * @property {boolean} [backwards] opens the last one first
 * @property {number} seconds of rounds; more on a machine so busy that these are too few
 * @property {number} seed of the order of turns
 * @property {boolean} [finer] timings as long as the self-test's
 * @property {number} [threads] of each lane; one per core unless told
 *
 * @typedef {object} LaneResult
 * @property {number} median milliseconds per inference, steady
 * @property {number} rounds that it is the median of
 * @property {{ ratio: number, interval: { low: number, high: number } | null, pairs: number } | null} ratio the
 *   reference's time over this lane's
 * @property {import('../../src/core/stats/paired.ts').Speed} speed what the product says of the ratio
 */

const cores = navigator.hardwareConcurrency;
const timerStep = measureTimerStep();

/** Fewer give no steady median to rely on. */
const MIN_ROUNDS = 40;

/** @type {Map<string, Promise<Blob>>} */
const files = new Map();

/** @param {string} url */
function fetched(url) {
  const known = files.get(url);
  if (known) return known;
  const file = fetch(url).then((response) => {
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response.blob();
  });
  files.set(url, file);
  return file;
}

/** @param {RaceRequest} request @returns {Promise<LaneResult[]>} in the order of the lanes asked for */
async function race({
  lanes: asked,
  backwards = false,
  seconds,
  seed,
  finer = false,
  threads = cores,
}) {
  const runtime = await fetched(RUNTIMES.wasm.url);
  const models = await Promise.all(asked.map(({ file }) => fetched(file)));
  const racers = asked.map(({ file, bare = false }, i) => {
    const source = /** @type {const} */ ({ kind: 'dropped', file });
    const id = `lane${i}`;
    const variant = { id, title: id, precision: /** @type {const} */ ('fp32'), bytes: 0, source };
    const backend = /** @type {const} */ ({ kind: 'wasm', threads });
    const lane = { id, variant, backend, reference: i === 0 };
    const model = /** @type {Blob} */ (models[i]);
    const given = async () => ({ build: /** @type {const} */ ('wasm'), runtime, model });
    return {
      id,
      lane,
      runner: bare ? new BaselineRunner(given, threads) : new LaneClient(lane, given),
    };
  });
  const lanes = racers.map(({ lane }) => lane);
  const task = { kind: /** @type {const} */ ('generic'), seed: 1, inputs: [] };
  const variants = lanes.map(({ variant }) => variant);
  const recorder = new Recorder({ id: '', title: '', sentence: '', task, variants }, lanes, {});
  let rounds = 0;
  let until = Number.POSITIVE_INFINITY;
  try {
    await runRace({
      racers: backwards ? [...racers].reverse() : racers,
      reference: 'lane0',
      feeds: ({ inputs }) => randomFeeds(inputs, {}, 1),
      checks: null,
      checkMs: 0,
      stop: { kind: 'enough', seconds: 10 * seconds },
      enough: () => rounds++ >= MIN_ROUNDS && performance.now() >= until,
      seed,
      timerStep: (finer ? FINER_TIMING : 1) * timerStep,
      clock: () => performance.now(),
      ready: async () => {},
      disturbed: () => null,
      signal: { throwIfAborted: () => {} },
      emit: (event) => {
        recorder.apply(event);
        if (event.kind === 'phase' && event.phase === 'rounds') {
          until = performance.now() + seconds * 1000;
        }
      },
    });
  } finally {
    for (const { runner } of racers) runner.terminate();
  }
  const record = recorder.snapshot();
  // What the device is matters to energy only.
  const figures = raceFigures(record, { facts: null, pickedClass: null, calibration: null });
  return figures.map(({ state, steady, speedup }, i) => {
    if (state.name === 'died') throw new Error(state.error.message);
    if (!steady) throw new Error(`Lane ${i + 1} took too few turns.`);
    return {
      median: steady.median,
      rounds: record.lanes[i]?.turns.length ?? 0,
      ratio: speedup,
      speed: speedup ? speedOf(speedup) : 'same',
    };
  });
}

/** @type {Worker[]} */
let load = [];

/**
 * A background load on every core, busy for part of each period; all of them at the same time.
 * @param {{ busyMs: number, idleMs: number, workers: number } | null} wanted null ends it
 */
function setLoad(wanted) {
  for (const worker of load) worker.terminate();
  load = Array.from({ length: wanted?.workers ?? 0 }, () => {
    const worker = new Worker(new URL('./load.worker.mjs', import.meta.url), { type: 'module' });
    worker.postMessage(wanted);
    return worker;
  });
}

/** What a bench may call, from outside of the page. */
export const product = { race, setLoad, cores };
Object.assign(globalThis, { product });
