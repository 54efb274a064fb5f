// node scripts/picture.mjs: takes the README's moving picture anew, docs/race.webp: a digit is drawn, raced, and what was
// found is looked through, on the built site (npm run build). Needs a Chromium (INFEROMETER_CHROMIUM names one; Playwright's
// serves as well) and img2webp of libwebp (Debian: apt-get install webp). The figures are those of the machine that it
// runs on, so let nothing else run meanwhile.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { QUIET } from './browser.mjs';
import { root, SetupError } from './setup.mjs';

const PICTURE = join(root, 'docs/race.webp');
const MAX_BYTES = 1.5e6;
const VIEWPORT = { width: 1280, height: 800 };
const QUALITY = 62;

/** A seven with its bar, in shares of the pad's side. */
const STROKES = /** @type {const} */ ([
  [
    [0.28, 0.24],
    [0.74, 0.22],
    [0.6, 0.5],
    [0.44, 0.82],
  ],
  [
    [0.36, 0.53],
    [0.7, 0.5],
  ],
]);

/** @typedef {{ file: string, ms: number }} Frame what is shown for how long */

/**
 * @param {import('@playwright/test').Page} page
 * @param {(ms: number) => Promise<void>} take takes a frame
 */
async function act(page, take) {
  await page.getByRole('radiogroup', { name: 'Input' }).getByText('Draw').click();
  const pad = page.getByRole('img', { name: /Drawing pad/ });
  await take(900);
  const box = await pad.boundingBox();
  if (!box) throw new Error('The pad is not on the page.');
  for (const [first, ...rest] of STROKES) {
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height);
    await page.mouse.down();
    for (const [x, y] of rest) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 6 });
      await take(140);
    }
    await page.mouse.up();
  }
  // It is named after each stroke.
  await page.waitForTimeout(1500);
  await take(1200);
  await page.getByLabel('How long').selectOption('seconds-20');
  await page.getByRole('button', { name: 'Run the race' }).click();
  const done = page.locator('[data-race-state="done"]');
  for (let i = 0; i < 40 && !(await done.isVisible()); i++) {
    await page.waitForTimeout(1800);
    await take(220);
  }
  await done.waitFor({ state: 'attached' });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1500);
  await page.evaluate(() => scrollTo(0, 0));
  await take(3000);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const last = Math.min(height - VIEWPORT.height, 4 * VIEWPORT.height);
  for (let y = 90; y < last; y += 90) {
    await page.evaluate((to) => scrollTo(0, to), y);
    // Stands still a while with each screenful.
    await take(Math.floor(y / 540) > Math.floor((y - 90) / 540) ? 2200 : 90);
  }
  await take(1500);
}

/** @param {readonly Frame[]} frames */
function assemble(frames) {
  const parts = frames.flatMap(({ file, ms }) => ['-d', `${ms}`, file]);
  const options = ['-loop', '0', '-min_size', '-lossy', '-q', `${QUALITY}`, '-m', '6'];
  const { error, status } = spawnSync('img2webp', [...options, ...parts, '-o', PICTURE]);
  if (error || status !== 0) {
    throw new SetupError('img2webp is needed and did not run: on Debian, apt-get install webp.');
  }
}

const folder = mkdtempSync(join(tmpdir(), 'picture-'));
const site = await preview({ root, logLevel: 'warn', preview: { port: 0, open: false } });
const executablePath = process.env['INFEROMETER_CHROMIUM'];
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: QUIET,
});
try {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light' });
  await page.goto(`${site.resolvedUrls?.local[0]}`);
  await page.getByRole('button', { name: 'Run the race' }).isEnabled();
  /** @type {Frame[]} */
  const frames = [];
  await act(page, async (ms) => {
    const file = join(folder, `${String(frames.length).padStart(3, '0')}.png`);
    await page.screenshot({ path: file });
    frames.push({ file, ms });
  });
  assemble(frames);
  const { size } = statSync(PICTURE);
  console.log(`${PICTURE}: ${frames.length} frames, ${(size / 1e6).toFixed(2)} MB`);
  if (size > MAX_BYTES) throw new SetupError('That is over 1.5 MB: lower QUALITY.');
} finally {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
