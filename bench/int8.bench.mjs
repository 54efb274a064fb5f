// Are our int8 files as fast and as near to the float model as onnxruntime's own? The same float model, the same inputs for
// calibration; files in turns, in a real browser, on WASM with all threads, in several sessions (sessions.mjs).

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { withModules } from '../scripts/modules.mjs';
import { root, SetupError } from '../scripts/setup.mjs';
import { ARCHITECTURES, Random } from './architectures.mjs';
import { contest } from './contest.mjs';
import { npy } from './npy.mjs';
import { inSessions, together } from './sessions.mjs';

const MAX_RATIO = 1.02;
const MAX_DB_BELOW = 0.5;
const CALIBRATION = 16;
const TESTED = 16;
/** Of each session. */
const SECONDS = 10;

const PYTHON = join(root, 'zoo/.venv/bin/python');

/** @typedef {import('./architectures.mjs').Architecture['input']} Input */

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {() => Promise<Uint8Array>} make
 * @property {Input} input
 * @property {() => Float32Array | BigInt64Array} numbers of the inputs for calibration, then of those for tests
 * @property {'QInt8' | 'QUInt8'} weights of onnxruntime's dynamic file: the type that is fast
 */

/** @param {Input} input */
function noise({ type, dims, below = 1 }) {
  const random = new Random(1);
  const length = dims.reduce((product, dim) => product * dim, CALIBRATION + TESTED);
  return type === 'int64'
    ? BigInt64Array.from({ length }, () => BigInt(Math.floor(random.uniform() * below)))
    : Float32Array.from({ length }, () => random.normal());
}

/** @param {string} file */
const shipped = (file) => readFileSync(join(root, 'public/models', file));

/** @type {Subject[]} */
const SUBJECTS = [
  {
    name: 'digits',
    make: async () => shipped('digits-fp32.onnx'),
    input: { name: 'image', type: 'float32', dims: [1, 1, 28, 28] },
    numbers: () => {
      const pixels = gunzipSync(shipped('digits-test-2000.bin'));
      return Float32Array.from(
        pixels.subarray(0, (CALIBRATION + TESTED) * 28 * 28),
        (x) => x / 255,
      );
    },
    weights: 'QUInt8',
  },
  ...ARCHITECTURES.map(
    ({ name, make, input }) =>
      /** @type {Subject} */ ({
        name,
        make,
        input,
        numbers: () => noise(input),
        weights: input.type === 'int64' ? 'QInt8' : 'QUInt8',
      }),
  ),
];

const KINDS = /** @type {const} */ (['static', 'dynamic']);

/** @param {string} script @param {string[]} values */
const node = (script, ...values) =>
  execFileSync(process.execPath, [join(root, script), ...values], { stdio: 'inherit' });

/**
 * Writes the float model, its inputs, our two files and theirs.
 * @param {string} folder
 * @param {Subject} subject
 */
async function prepare(folder, { make, input, numbers, weights }) {
  /** @param {string} name */
  const at = (name) => join(folder, name);
  writeFileSync(at('float.onnx'), await make());
  const all = numbers();
  const size = all.length / (CALIBRATION + TESTED);
  const split = size * CALIBRATION;
  writeFileSync(at('calibration.npy'), npy(all.subarray(0, split), [CALIBRATION, ...input.dims]));
  const tests = all.slice(split);
  writeFileSync(at('inputs.bin'), new Uint8Array(tests.buffer));
  for (const kind of KINDS) {
    const recipe = {
      version: 1,
      title: `int8, ${kind}`,
      steps: [{ technique: `${kind}-int8` }],
    };
    writeFileSync(at('recipe.json'), JSON.stringify(recipe));
    node(
      'scripts/compress.mjs',
      at('float.onnx'),
      at('recipe.json'),
      at(`ours-${kind}.onnx`),
      '--inputs',
      at('calibration.npy'),
    );
  }
  execFileSync(
    PYTHON,
    [
      join(root, 'bench/reference.py'),
      at('float.onnx'),
      at('calibration.npy'),
      weights,
      at('theirs-static.onnx'),
      at('theirs-dynamic.onnx'),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

const GROUPS = [['float'], ...KINDS.map((kind) => [`ours-${kind}`, `theirs-${kind}`])];
const BACKWARDS = GROUPS.map((group) => [...group].reverse()).reverse();

/** "QLinearConv 20, FusedConv 1": the heavy operators of a run. @param {Record<string, number>} operators */
const heavy = (operators) =>
  Object.entries(operators)
    .filter(([name]) => /Conv|MatMul|Gemm/.test(name))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/**
 * @param {string} chromium
 * @param {Subject} subject
 * @param {any} paired core/stats/paired.ts
 * @param {any} fidelity core/race/fidelity.ts
 */
async function measureOne(chromium, subject, paired, fidelity) {
  const folder = await mkdtemp(join(tmpdir(), 'inferometer-'));
  try {
    await prepare(folder, subject);
    const { name, type, dims } = subject.input;
    const session = async (/** @type {boolean} */ backwards) => {
      const groups = backwards ? BACKWARDS : GROUPS;
      const { ms, outputs, operators, threads } = await contest(chromium, folder, {
        files: groups.map((group) => group.map((file) => `${file}.onnx`)),
        input: { name, type, dims, count: TESTED },
        seconds: SECONDS,
      });
      /** @param {string} file */
      const at = (file) => groups.flat().indexOf(file);
      /** How many times as long as another file. @param {string} file @param {string} other */
      const over = (file, other) => paired.pairedRatio(ms[at(file)], ms[at(other)]).ratio;
      /** @param {string} file */
      const tensors = (file) =>
        outputs[at(file)]?.map((data, i) => ({ name: `${i}`, dims: [data.length], data }));
      /** Signal to noise against the float model's outputs, over all inputs. @param {string} file */
      const sqnr = (file) =>
        fidelity.sqnr(fidelity.compareOutputs(tensors(file), tensors('float')));
      return {
        threads,
        over,
        sqnr,
        ran: (/** @type {string} */ file) => operators[at(file)] ?? {},
      };
    };
    const all = await inSessions(({ backwards }) => session(backwards));
    const ratios = await together(
      KINDS.flatMap((kind) => [
        all.map(({ over }) => over(`ours-${kind}`, `theirs-${kind}`)),
        all.map(({ over }) => over('float', `ours-${kind}`)),
      ]),
    );
    const [first] = all;
    if (!first) throw new Error('There was no session.');
    return KINDS.map((kind, i) => {
      const [ratio = Number.NaN, speedup = Number.NaN] = ratios.slice(2 * i);
      const each = all.map(({ over }) => over(`ours-${kind}`, `theirs-${kind}`).toFixed(3));
      const [mine, other] = [first.sqnr(`ours-${kind}`), first.sqnr(`theirs-${kind}`)];
      console.log(
        `${subject.name}, ${kind}: ${ratio.toFixed(3)} of their time (sessions ${each.join(', ')}) on ${first.threads} threads, ${speedup.toFixed(2)} times as fast as fp32; SQNR ${mine.toFixed(1)} dB, theirs ${other.toFixed(1)}`,
      );
      console.log(`  ours ran ${heavy(first.ran(`ours-${kind}`))}`);
      console.log(`  theirs   ${heavy(first.ran(`theirs-${kind}`))}`);
      return { ratio, below: other - mine };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} chromium */
async function measure(chromium) {
  if (!existsSync(PYTHON)) {
    throw new SetupError(
      'The files of onnxruntime are made with Python 3.11 or newer. These two commands install what that needs:\n  python3 -m venv zoo/.venv\n  zoo/.venv/bin/pip install numpy==2.4.6 onnx==1.23.2 onnxruntime==1.30.0 sympy==1.14.0',
    );
  }
  // Closed again before scripts/compress.mjs opens its own.
  const [paired, fidelity] = await withModules(
    ['/src/core/stats/paired.ts', '/src/core/race/fidelity.ts'],
    (...modules) => modules,
  );
  const found = [];
  for (const subject of SUBJECTS) {
    found.push(...(await measureOne(chromium, subject, paired, fidelity)));
  }
  const slowest = Math.max(...found.map(({ ratio }) => ratio));
  const farthest = Math.max(...found.map(({ below }) => below));
  return {
    holds: slowest <= MAX_RATIO && farthest <= MAX_DB_BELOW,
    line: `at most ${slowest.toFixed(3)} of the time of onnxruntime's files (at most ${MAX_RATIO}), SQNR at most ${farthest.toFixed(2)} dB below (at most ${MAX_DB_BELOW})`,
  };
}

export default {
  title: `our int8 files against onnxruntime's: <= ${MAX_RATIO} of their time, SQNR <= ${MAX_DB_BELOW} dB below`,
  measure,
};
