import { ensureBrowser } from '../setup.mjs';
import { launch } from './puppeteer.mjs';

/** @type {import('./puppeteer.mjs').Engine} */
export const chromium = {
  name: 'chromium',
  launch: async () =>
    launch({
      executablePath: await ensureBrowser(),
      args: [
        '--headless=new',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Chromium's sandbox refuses to run as root, which is what containers are.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    }),
};
