import { existsSync } from 'node:fs';
import { aptInstall, onPath, SetupError } from '../setup.mjs';
import { launch } from './puppeteer.mjs';

const find = () =>
  [...onPath('firefox-esr', 'firefox'), '/Applications/Firefox.app/Contents/MacOS/firefox'].find(
    (path) => existsSync(path),
  );

/** @type {import('./puppeteer.mjs').Engine} */
export const firefox = {
  name: 'firefox',
  launch: async () => {
    const executablePath = find() ?? (aptInstall(['firefox-esr']) ? find() : undefined);
    if (!executablePath)
      throw new SetupError(
        'Firefox was not found. Install it so that `firefox` or `firefox-esr` is on the PATH.',
      );
    return launch({ browser: 'firefox', executablePath, headless: true });
  },
};
