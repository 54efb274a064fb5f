import { QUIET } from '../browser.mjs';
import { ensureBrowser } from '../setup.mjs';
import { launch } from './puppeteer.mjs';

/** @type {import('./puppeteer.mjs').Engine} */
export const chromium = {
  name: 'chromium',
  launch: async () =>
    launch({
      executablePath: await ensureBrowser(),
      args: ['--headless=new', '--disable-gpu', ...QUIET],
    }),
};
