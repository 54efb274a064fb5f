// How long does static int8 take in the page, calibration included, against onnxruntime's tool in Python? EfficientNet-Lite0's
// architecture, the same 16 inputs, in turns on the same machine.

import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, SetupError } from '../scripts/setup.mjs';
import { efficientNetLite0, Random } from './architectures.mjs';
import { npy } from './npy.mjs';
import { withPage, withSite } from './site.mjs';

const MAX_RATIO = 1;
const ROUNDS = 5;
const CALIBRATION = 16;
const DIMS = [1, 3, 224, 224];
const PYTHON = join(root, 'zoo/.venv/bin/python');

/** Normal numbers, as normalised photos are. @param {number} count */
function inputs(count) {
  const random = new Random(1);
  const length = DIMS.reduce((product, dim) => product * dim, count);
  return npy(
    Float32Array.from({ length }, () => random.normal()),
    [count, ...DIMS],
  );
}

/** Seconds of `quantize_static`, without the start of Python and its imports. @param {string} folder */
function python(folder) {
  /** @param {string} name */
  const at = (name) => join(folder, name);
  const told = execFileSync(
    PYTHON,
    [
      join(root, 'bench/reference.py'),
      at('model.onnx'),
      at('calibration.npy'),
      'QUInt8',
      at('static.onnx'),
      at('dynamic.onnx'),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return Number(told.trim().split('\n').at(-1));
}

/** Seconds as the page gives them, in a worker started for it. @param {import('@playwright/test').Page} page */
async function inPage(page) {
  const rows = page.locator('tr[data-variant][data-compress-ms]');
  const before = await rows.count();
  await page.getByRole('button', { name: /^Make (?!it small)/ }).click();
  await rows.nth(before).waitFor({ timeout: 120_000 });
  const ms = await rows.nth(before).getAttribute('data-compress-ms');
  // What follows proves the variant, which is no part of this.
  const running = page.locator('[data-compress-state="running"]');
  if (await running.isVisible()) await page.getByRole('button', { name: 'Cancel' }).first().click();
  await page.locator('[data-compress-state="idle"]').waitFor();
  return Number(ms) / 1000;
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** @param {string} chromium */
async function measure(chromium) {
  if (!existsSync(PYTHON)) {
    throw new SetupError(
      'This bench needs onnxruntime for Python: python3 -m venv zoo/.venv && zoo/.venv/bin/pip install -r zoo/requirements.txt',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'inferometer-'));
  try {
    const model = join(folder, 'model.onnx');
    writeFileSync(model, await efficientNetLite0());
    writeFileSync(join(folder, 'calibration.npy'), inputs(CALIBRATION));
    // The page keeps half of them for its proof; the first ones are those that Python sees too.
    const all = inputs(2 * CALIBRATION);
    return await withSite(({ url }) =>
      withPage(chromium, async (page) => {
        await page.goto(`${url}#/compress`);
        await page.getByLabel('Model files').setInputFiles(model);
        await page.locator('option:checked', { hasText: 'model' }).waitFor({ state: 'attached' });
        // With one input and one file the file's name does not matter.
        await page.getByLabel('Input files').setInputFiles({
          name: 'inputs.npy',
          mimeType: 'application/octet-stream',
          buffer: Buffer.from(all),
        });
        const read = `inputs.npy (${2 * CALIBRATION})`;
        await page.locator('option:checked', { hasText: read }).waitFor({ state: 'attached' });
        await page.getByLabel('How many').fill(`${CALIBRATION}`);
        const ours = /** @type {number[]} */ ([]);
        const theirs = /** @type {number[]} */ ([]);
        for (let round = 0; round < ROUNDS; round++) {
          ours.push(await inPage(page));
          theirs.push(python(folder));
        }
        console.log(`page:   ${ours.map((s) => `${s.toFixed(2)} s`).join(', ')}`);
        console.log(`Python: ${theirs.map((s) => `${s.toFixed(2)} s`).join(', ')}`);
        const ratio = median(ours.map((seconds, i) => seconds / (theirs[i] ?? Number.NaN)));
        return {
          holds: ratio <= MAX_RATIO,
          line: `${ratio.toFixed(2)} of the time of onnxruntime's tool, median of ${ROUNDS} rounds (at most ${MAX_RATIO})`,
        };
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

export default {
  title: "static int8 of EfficientNet-Lite0 in the page: <= onnxruntime's tool in Python",
  measure,
};
