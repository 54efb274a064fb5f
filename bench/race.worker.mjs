// In the browser, in a worker: runs several files in turns, in one runtime with all threads, and says how long each took
// and what it computed. The runtime is the file that the site ships, with the site's options.

/**
 * @typedef {object} RaceRequest
 * @property {readonly (string | readonly string[])[]} files names of .onnx files, beside this one on the server; those
 *   of a list in it are compared with each other, and so always run one right after the other
 * @property {{ name: string, type: 'float32' | 'int64', dims: readonly number[], count: number }} input its numbers
 *   are the file inputs.bin
 * @property {number} seconds for all rounds together
 *
 * @typedef {object} RaceResult
 * @property {number} threads
 * @property {number[][]} ms for each file, in the order of `files`, the median inference of each round
 * @property {Float32Array[][]} outputs for each file, all its outputs for each input, one after another
 * @property {Record<string, number>[]} operators for each file, how many nodes of each operator ran
 */

/** A turn takes at least so long, so that the timer's steps weigh little. */
const MIN_TURN_MS = 30;
/** Timings in a turn; odd, for their median. */
const TIMINGS = 5;
const WARM_MS = 1500;

// The runtime keeps the console that it finds, and tells its profile through that.
const told = /** @type {string[]} */ ([]);
console.log = (...parts) => told.push(parts.join(' '));

/** @type {typeof import('onnxruntime-web/wasm')} */
const ort = await import(/** @type {any} */ ('./ort.wasm.bundle.min.mjs'));
const threads = navigator.hardwareConcurrency;
ort.env.wasm.numThreads = threads;
ort.env.wasm.wasmPaths = { wasm: new URL('./ort-wasm-simd-threaded.wasm', import.meta.url) };

/** @param {string} name */
const bytes = async (name) => (await fetch(new URL(`./${name}`, import.meta.url))).arrayBuffer();

/** @param {string} file @param {boolean} [enableProfiling] */
const open = async (file, enableProfiling = false) =>
  ort.InferenceSession.create(new Uint8Array(await bytes(file)), {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
    enableProfiling,
    extra: { session: { force_spinning_stop: '1' } },
  });

/** @typedef {Awaited<ReturnType<typeof open>>} Session */
/** @typedef {Record<string, InstanceType<typeof ort.Tensor>>} Feed */

/** @param {RaceRequest['input']} input @returns {Promise<Feed[]>} */
async function feeds({ name, type, dims, count }) {
  const buffer = await bytes('inputs.bin');
  const data = type === 'int64' ? new BigInt64Array(buffer) : new Float32Array(buffer);
  const size = dims.reduce((product, dim) => product * dim, 1);
  return Array.from({ length: count }, (_, i) => {
    const part = data.subarray(i * size, (i + 1) * size);
    return { [name]: new ort.Tensor(type, /** @type {any} */ (part), dims) };
  });
}

/** All outputs as one array. @param {Session} session @param {Feed} feed */
async function run(session, feed) {
  const outputs = Object.values(await session.run(feed));
  return Float32Array.from(outputs.flatMap(({ data }) => [.../** @type {Float32Array} */ (data)]));
}

/** Milliseconds of one inference, over `times` of them. @param {Session} session @param {Feed} feed @param {number} times */
async function time(session, feed, times) {
  const started = performance.now();
  for (let i = 0; i < times; i++) await session.run(feed);
  return (performance.now() - started) / times;
}

/**
 * The median of an odd number of timings, each of `times` inferences: one of half a millisecond is too short for a
 * clock of 5 µs, whose steps would show as a difference of a hundredth.
 * @param {Session} session @param {Feed} feed @param {number} times
 */
async function turn(session, feed, times) {
  const all = [];
  for (let i = 0; i < TIMINGS; i++) all.push(await time(session, feed, times));
  return /** @type {number} */ (all.sort((a, b) => a - b)[TIMINGS >> 1]);
}

/** Runs until compiled, and says how many inferences make a timing. @param {Session} session @param {Feed} feed */
async function warm(session, feed) {
  const until = performance.now() + WARM_MS;
  let least = Number.POSITIVE_INFINITY;
  while (performance.now() < until) least = Math.min(least, await time(session, feed, 1));
  return Math.ceil(MIN_TURN_MS / TIMINGS / least);
}

/** How many nodes of each operator one inference ran. @param {string} file @param {Feed} feed */
async function ran(file, feed) {
  const session = await open(file, true);
  told.length = 0;
  await session.run(feed);
  session.endProfiling();
  await session.release();
  const text = told.join('\n');
  /** @type {{ name: string, args: { op_name?: string } }[]} */
  const events = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1));
  const counts = /** @type {Record<string, number>} */ ({});
  for (const { name, args } of events) {
    if (!name.endsWith('_kernel_time') || !args.op_name) continue;
    counts[args.op_name] = (counts[args.op_name] ?? 0) + 1;
  }
  return counts;
}

/** @template T @param {T[]} items @returns {T[]} */
const shuffled = (items) =>
  items
    .map((item) => /** @type {const} */ ([Math.random(), item]))
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** @param {RaceRequest} request @returns {Promise<RaceResult>} */
async function race({ files, input, seconds }) {
  const all = await feeds(input);
  const [feed] = all;
  if (!feed) throw new Error('There is no input.');
  const operators = [];
  for (const file of files.flat()) operators.push(await ran(file, feed));
  const groups = [];
  for (const group of files) {
    const lanes = [];
    for (const file of [group].flat()) {
      const session = await open(file);
      const outputs = [];
      for (const each of all) outputs.push(await run(session, each));
      const ms = /** @type {number[]} */ ([]);
      lanes.push({ session, outputs, times: await warm(session, feed), ms });
    }
    groups.push(lanes);
  }
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    for (const { session, times, ms } of shuffled(groups).flatMap(shuffled)) {
      // The lane before has filled the caches with its own weights.
      await session.run(feed);
      ms.push(await turn(session, feed, times));
    }
  }
  const lanes = groups.flat();
  return {
    threads,
    ms: lanes.map(({ ms }) => ms),
    outputs: lanes.map(({ outputs }) => outputs),
    operators,
  };
}

addEventListener('message', async ({ data }) => {
  try {
    postMessage({ result: await race(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
postMessage({ ready: true });
