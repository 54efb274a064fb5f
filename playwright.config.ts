import { defineConfig, devices } from '@playwright/test';
import { QUIET, SOFTWARE_GPU } from './scripts/browser.mjs';

const CI = process.env['CI'] !== undefined;
/** Found or installed by scripts/setup.mjs; without it Playwright's own download serves. */
const executablePath = process.env['INFEROMETER_CHROMIUM'];

/** Two sites stand side by side, at this port and the next. */
const PORT = Number(process.env['INFEROMETER_PORT'] ?? 4301);

/** The built site, with isolation headers. */
const SITE = `http://localhost:${PORT}/`;
/** The same as a host serves it that sets no headers, under a sub-path (GitHub Pages). */
export const BARE_SITE = `http://localhost:${PORT + 1}/inferometer/`;

/** Garbage is collected when memory is asked for, not within a minute of it. */
const EAGER = '--enable-blink-features=ForceEagerMeasureMemory';

const launch = (args: readonly string[]) => ({
  launchOptions: {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...QUIET, EAGER, ...args],
  },
});

export default defineConfig({
  testDir: 'e2e',
  // No journey depends on how fast anything is, and most of their time is waiting.
  workers: 3,
  fullyParallel: false,
  forbidOnly: CI,
  // A journey that fails once is to be mended, not run again.
  retries: 0,
  // Limits for what hangs, not for what is slow: a machine may build something else meanwhile.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: SITE,
    viewport: { width: 1280, height: 900 },
    trace: CI ? 'retain-on-failure' : 'off',
  },
  projects: [
    { name: 'wasm', testIgnore: /webgpu/, use: launch([]) },
    { name: 'webgpu', testMatch: /webgpu/, use: launch(SOFTWARE_GPU) },
  ],
  webServer: [
    {
      command: `npx vite preview --port ${PORT} --strictPort`,
      url: SITE,
      reuseExistingServer: !CI,
    },
    {
      command: `npx vite preview --port ${PORT + 1} --strictPort --base /inferometer/`,
      url: BARE_SITE,
      env: { INFEROMETER_HEADERS: 'bare' },
      reuseExistingServer: !CI,
    },
  ],
});
