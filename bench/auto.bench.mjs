// Is what Auto chooses as fast as the fastest of fp32, full static int8 and full dynamic int8? Auto runs on the Compress page of
// the built site, as a person starts it; its file then races the others in turns, on WASM with all threads.

import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withModules } from '../scripts/modules.mjs';
import { root, SetupError } from '../scripts/setup.mjs';
import { ARCHITECTURES, Random } from './architectures.mjs';
import { contest } from './contest.mjs';
import { withPage, withSite } from './site.mjs';

const MAX_RATIO = 1.03;
const MIN_MEAN = 1.35;
const MIN_AGREEMENT = 0.99;
/** Answers of random weights to noise lie close together: they tell nothing of a real model's. */
const RANDOM_WEIGHTS_AGREEMENT = 50;
const SECONDS = 40;
const AUTO_MS = 600_000;
const KINDS = /** @type {const} */ (['static', 'dynamic']);
const FILES = ['float', ...KINDS, 'auto'];

/** @typedef {import('./architectures.mjs').Architecture['input']} Input */

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {(() => Promise<Uint8Array>) | null} make null for the model that the page opens with
 * @property {Input} input
 */

/** @type {Subject[]} */
const SUBJECTS = [
  { name: 'digits', make: null, input: { name: 'image', type: 'float32', dims: [1, 1, 28, 28] } },
  ...ARCHITECTURES,
];

/** One input of noise. @param {Input} input */
function noise({ type, dims, below = 1 }) {
  const random = new Random(1);
  const length = dims.reduce((product, dim) => product * dim, 1);
  return type === 'int64'
    ? BigInt64Array.from({ length }, () => BigInt(Math.floor(random.uniform() * below)))
    : Float32Array.from({ length }, () => random.uniform());
}

/** Writes the float model, one input, and the full int8 files. @param {string} folder @param {Subject} subject */
async function prepare(folder, { make, input }) {
  /** @param {string} name */
  const at = (name) => join(folder, name);
  const model = make ? await make() : readFileSync(join(root, 'public/models/digits-fp32.onnx'));
  writeFileSync(at('float.onnx'), model);
  writeFileSync(at('inputs.bin'), new Uint8Array(noise(input).buffer));
  for (const kind of KINDS) {
    const recipe = { version: 1, title: kind, steps: [{ technique: `${kind}-int8` }] };
    writeFileSync(at('recipe.json'), JSON.stringify(recipe));
    execFileSync(
      process.execPath,
      [
        join(root, 'scripts/compress.mjs'),
        at('float.onnx'),
        at('recipe.json'),
        at(`${kind}.onnx`),
        '--noise',
        '8',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
}

/**
 * Has Auto choose, and saves its file.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {string} folder
 * @param {boolean} custom
 * @returns {Promise<{ sentence: string, agreement: number | null }>} null where it keeps the model as it is
 */
async function auto(page, url, folder, custom) {
  await page.goto(`${url}#/compress`);
  if (custom) {
    await page.getByLabel('Model files', { exact: true }).setInputFiles(join(folder, 'float.onnx'));
    await page.getByLabel(/^Share of answers/).fill(String(RANDOM_WEIGHTS_AGREEMENT));
    await page.getByLabel(/^SQNR in decibels/).fill('0');
  }
  await page.getByRole('button', { name: 'Make it small and fast' }).click();
  await page.locator('[data-compress-state="running"]').waitFor();
  await page
    .locator('[data-compress-state="idle"], [data-compress-state="failed"]')
    .waitFor({ timeout: AUTO_MS });
  if ((await page.locator('[data-auto]').count()) === 0) {
    throw new SetupError(`Auto failed: ${await page.getByRole('alert').allTextContents()}`);
  }
  const sentence = (await page.locator('[data-auto]').textContent()) ?? '';
  const made = page.locator('tr[data-variant]:not([data-variant="original"])');
  if ((await made.count()) === 0) {
    copyFileSync(join(folder, 'float.onnx'), join(folder, 'auto.onnx'));
    return { sentence, agreement: null };
  }
  const agreement = Number(await made.last().getAttribute('data-agreement'));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .onnx' }).last().click(),
  ]);
  await file.saveAs(join(folder, 'auto.onnx'));
  return { sentence, agreement };
}

/**
 * @param {string} chromium
 * @param {Subject} subject
 * @param {any} paired core/stats/paired.ts
 */
async function measureOne(chromium, subject, { pairedRatio }) {
  const folder = await mkdtemp(join(tmpdir(), 'inferometer-'));
  try {
    await prepare(folder, subject);
    const { sentence, agreement } = await withSite(({ url }) =>
      withPage(chromium, (page) => auto(page, url, folder, subject.make !== null)),
    );
    const { name, type, dims } = subject.input;
    const { ms, threads } = await contest(chromium, folder, {
      files: FILES.map((file) => `${file}.onnx`),
      input: { name, type, dims, count: 1 },
      seconds: SECONDS,
    });
    const chosen = FILES.length - 1;
    const kept = agreement === null;
    /** Times of a file as a share of Auto's choice; what it keeps as it is takes as long as itself. @param {number} i */
    const over = (i) => pairedRatio(ms[kept ? 0 : chosen], ms[i]).ratio;
    const ratio = Math.max(...FILES.slice(0, chosen).map((_, i) => over(i)));
    const speedup = 1 / over(0);
    const shares = FILES.slice(0, chosen).map((file, i) => `${over(i).toFixed(3)} of ${file}`);
    console.log(`${subject.name} on ${threads} threads: ${sentence}`);
    console.log(`  takes ${shares.join(', ')}`);
    return { ratio, speedup, agreement, custom: subject.make !== null };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} chromium */
async function measure(chromium) {
  // Closed again before scripts/compress.mjs opens its own.
  const paired = await withModules(['/src/core/stats/paired.ts'], (module) => module);
  const found = [];
  for (const subject of SUBJECTS) found.push(await measureOne(chromium, subject, paired));
  const slowest = Math.max(...found.map(({ ratio }) => ratio));
  const least = Math.min(...found.map(({ speedup }) => speedup));
  const speedups = found.filter(({ custom }) => custom).map(({ speedup }) => speedup);
  const mean = Math.exp(speedups.reduce((sum, each) => sum + Math.log(each), 0) / speedups.length);
  const agreement = found.find(({ custom }) => !custom)?.agreement ?? 1;
  return {
    holds: slowest <= MAX_RATIO && least >= 1 && mean >= MIN_MEAN && agreement >= MIN_AGREEMENT,
    line: `at most ${slowest.toFixed(3)} of the time of the fastest of fp32, static and dynamic int8 (at most ${MAX_RATIO}), at least ${least.toFixed(2)} times as fast as fp32 (at least 1), ${mean.toFixed(2)} in geometric mean over the architectures (at least ${MIN_MEAN}), agreement on digits ${agreement} (at least ${MIN_AGREEMENT})`,
  };
}

export default {
  title: `Auto's choice against the fastest of fp32 and full int8: <= ${MAX_RATIO} of its time, ${MIN_MEAN} times as fast as fp32 in the mean`,
  measure,
};
