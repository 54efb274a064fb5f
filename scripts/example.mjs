// node scripts/example.mjs [REPORT]: draws the picture that stands on the bench before a first race, in light and dark.
// It shows a stored report of a finished race as the built site (npm run build) draws it. Run it again when results look
// otherwise than in the picture, or with a report of your own: a .json or .json.gz that the Reports page exported.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { QUIET } from './browser.mjs';
import { root } from './setup.mjs';

const REPORT = process.argv[2] ?? join(root, 'src/fixtures/0.1.0/reports/digits.report.json.gz');
const PICTURES = join(root, 'src/ui/bench/example');
/** Results are some 960 pixels wide in it, as in the usual window of a laptop, and sharp on most screens. */
const [WIDTH, SCALE] = [1040, 1.5];

/** @param {string} file */
function read(file) {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

const site = await preview({ root, logLevel: 'warn', preview: { port: 0, open: false } });
const executablePath = process.env['INFEROMETER_CHROMIUM'];
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: QUIET,
});
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: 1200 },
      deviceScaleFactor: SCALE,
      colorScheme,
    });
    await page.goto(`${site.resolvedUrls?.local[0]}#/reports`);
    const name = basename(REPORT, '.gz');
    await page
      .getByLabel('Report files')
      .setInputFiles({ name, mimeType: 'application/json', buffer: read(REPORT) });
    await page.locator('[data-report] a').first().click();
    await page.getByRole('img', { name: /^Histograms/ }).waitFor();
    // No tooltip is to open.
    await page.mouse.move(0, 0);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
    const clip = await page.evaluate(() => {
      const card = document.querySelector('[data-headline]')?.parentElement;
      // What one can do with a report, and its title, belong to no picture of it.
      for (const part of card?.children ?? []) {
        const keeps = part.matches('[data-headline], [data-headline] + p');
        if (part instanceof HTMLElement && !keeps) part.hidden = true;
      }
      for (const part of card?.querySelectorAll('[class*=row]') ?? []) part.remove();
      document.querySelector('details')?.remove();
      const last = document.querySelector('[aria-label^=Histograms], [alt^=Histograms]');
      const [from, to] = [card, last?.closest('div[class*=wide]')].map((part) => {
        const { x, y, right, bottom } = /** @type {Element} */ (part).getBoundingClientRect();
        return { x, y, right, bottom };
      });
      if (!from || !to) throw new Error('The report has no headline or no histograms.');
      return { x: from.x, y: from.y, width: to.right - from.x, height: to.bottom - from.y };
    });
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 80,
      clip: { ...clip, scale: 1 },
      captureBeyondViewport: true,
    });
    const file = join(PICTURES, `race-${colorScheme}.webp`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    console.log(`${file}: ${Math.round(clip.width)} x ${Math.round(clip.height)}`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
