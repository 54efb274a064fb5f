// node scripts/compress.mjs MODEL RECIPE OUT [--inputs FILE.npy ...] [--noise COUNT] [--report FILE]
//
// What the Compress page does, in Node: applies a recipe (JSON) to a model (.onnx) and writes the variant. Recipes that look at
// activations need inputs: arrays called after the model's inputs, or seeded noise.

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
  '/src/core/race/inputs.ts',
  '/src/core/compress/inputs/npy.ts',
  '/src/core/compress/recipe.ts',
  '/src/core/compress/compress.ts',
  '/src/engine/runtime/runner.ts',
];

/** Before `run` leaves for the project's folder: the caller's paths are relative to it. */
const from = process.cwd();
/** @param {string} path */
const bytesOf = (path) => new Uint8Array(readFileSync(resolve(from, path)));

/** The seed of the page's own noise. */
const NOISE_SEED = 1;

const OPTIONS = /** @type {const} */ ({
  inputs: { type: 'string', multiple: true },
  noise: { type: 'string' },
  report: { type: 'string' },
});

await run(() =>
  withModules(
    MODULES,
    async (read, external, summary, write, noise, npy, recipes, compressing, runners) => {
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
      const feeds = values.inputs
        ? npy.readInputs(
            values.inputs.map((path) => ({
              name: basename(path),
              bytes: bytesOf(path),
            })),
            specs,
          )
        : values.noise && noise.randomFeeds(specs, {}, NOISE_SEED, Number(values.noise));
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
