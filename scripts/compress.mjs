// node scripts/compress.mjs MODEL RECIPE OUT [--inputs FILE.npy ...] [--noise COUNT] [--report FILE]
//
// What the Compress page does, in Node: applies a recipe (JSON) to a model (.onnx) and writes the variant. Recipes that look at
// activations need inputs: arrays named after the model's inputs, or seeded noise. A recipe that says what it was calibrated on
// makes the same bytes again: its noise is made here too, its files are to be given.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withModules } from './modules.mjs';
import { run, SetupError } from './setup.mjs';

const MODULES = [
  '/src/core/onnx/read.ts',
  '/src/core/onnx/external.ts',
  '/src/core/models/summary.ts',
  '/src/core/onnx/write.ts',
  '/src/core/race/feeds.ts',
  '/src/core/compress/inputs/npy.ts',
  '/src/core/compress/inputs/calibrated.ts',
  '/src/core/compress/recipe.ts',
  '/src/core/compress/compress.ts',
  '/src/engine/runtime/runner.ts',
];

/** Before `run` leaves for the project's folder: the caller's paths are relative to it. */
const from = process.cwd();
/** @param {string} path */
const bytesOf = (path) => new Uint8Array(readFileSync(resolve(from, path)));

/** @typedef {import('../src/core/compress/inputs/calibrated.ts').CalibratedOn} CalibratedOn */
/** @typedef {{ name: string, bytes: Uint8Array }} InputFile */

/**
 * How many of the inputs in files calibrate: as many as in the recipe, where it names these files. Another count would make
 * other bytes, and so do other files, which is said.
 * @param {CalibratedOn | undefined} on
 * @param {InputFile[]} files
 */
function countOf(on, files) {
  if (on?.kind !== 'files') return null;
  const digest = (/** @type {Uint8Array} */ bytes) =>
    createHash('sha256').update(bytes).digest('hex');
  const wanted = new Set(on.files.map(({ sha256 }) => sha256));
  const other = files.filter(({ bytes }) => !wanted.has(digest(bytes)));
  if (other.length === 0) return on.count;
  const names = other.map(({ name }) => name).join(', ');
  console.warn(
    `The recipe was calibrated on other files than ${names}: the variant will not be the same.`,
  );
  return null;
}

const OPTIONS = /** @type {const} */ ({
  inputs: { type: 'string', multiple: true },
  noise: { type: 'string' },
  report: { type: 'string' },
});

await run(() =>
  withModules(
    MODULES,
    async (
      read,
      external,
      summary,
      write,
      feeding,
      npy,
      calibrated,
      recipes,
      compressing,
      runners,
    ) => {
      const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
      const [modelPath, recipePath, out] = positionals;
      if (!modelPath || !recipePath || !out) {
        throw new SetupError(
          'Usage: node scripts/compress.mjs MODEL RECIPE OUT [--inputs FILE.npy ...] [--noise COUNT]',
        );
      }
      const model = read.readModel(bytesOf(modelPath), basename(modelPath));
      const beside = external
        .externalFilesOf(model)
        .map((/** @type {string} */ name) => [name, bytesOf(join(dirname(modelPath), name))]);
      external.inlineExternal(model, new Map(beside));
      const recipe = recipes.readRecipe(
        JSON.parse(readFileSync(resolve(from, recipePath), 'utf8')),
      );
      const specs = summary.summarise(model).inputs;
      /** @type {CalibratedOn | undefined} */
      const on = recipe.calibration;
      const given = () => {
        const files = (values.inputs ?? []).map((path) => ({
          name: basename(path),
          bytes: bytesOf(path),
        }));
        const all = npy.readInputs(files, specs);
        const count = countOf(on, files) ?? all.count;
        return feeding.someFeeds(all, 0, Math.min(count, all.count));
      };
      const noise = values.noise
        ? { count: Number(values.noise), seed: calibrated.NOISE_SEED, sizes: {} }
        : on?.kind === 'noise' && on;
      if (on && on.kind !== 'noise' && !values.inputs && !noise) {
        const what =
          on.kind === 'samples'
            ? `${on.count} of the samples that come with its model`
            : `the first ${on.count} inputs of ${on.files.map(({ name }) => name).join(', ')}`;
        throw new SetupError(
          `The recipe was calibrated on ${what}: give them with --inputs FILE.npy, or other ones.`,
        );
      }
      const feeds = values.inputs ? given() : noise && calibrated.calibrationNoise(specs, noise);
      const ort = await import('onnxruntime-web/wasm');
      // In Node the runtime's threads do not start.
      ort.env.wasm.numThreads = 1;
      const { signal } = new AbortController();
      const runner = feeds ? runners.sessionRunner(ort, feeds, !values.inputs, signal) : null;
      const context = { runner, signal, progress: () => {} };
      const reports = await compressing.compress(model, recipe, context, () => performance.now());
      writeFileSync(resolve(from, out), write.concat(write.modelParts(model)));
      if (values.report)
        writeFileSync(resolve(from, values.report), JSON.stringify(reports, null, 2));
    },
  ),
);
