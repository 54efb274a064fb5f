// npm run engines: the default race in three browser engines. Names as arguments limit it: npm run engines -- firefox

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureDependencies, ensureNode, root, run, SetupError } from '../setup.mjs';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { faults, race } from './scenario.mjs';
import { webkit } from './webkit.mjs';

// Browser profiles and the like go into one folder, so that it can be removed whatever happens.
const temporary = mkdtempSync(join(tmpdir(), 'engines-'));
process.env.TMPDIR = process.env.TEMP = temporary;
const tidy = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 10 });

// Every engine hangs a killer of its processes on 'exit'. Tidying is added last, so that it comes after them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    process.on('exit', tidy);
    process.exit(130);
  });
}

await run(async () => {
  ensureNode();
  const names = process.argv.slice(2);
  const engines = [chromium, firefox, webkit].filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  if (engines.length === 0)
    throw new SetupError('The engines are called chromium, firefox and webkit.');
  ensureDependencies();
  ensureBuilt();

  const server = await serve();
  let good = 0;
  try {
    for (const engine of engines) good += (await check(engine, server.url)) ? 1 : 0;
  } finally {
    await server.close();
  }
  console.log(
    `\nengines: ${good} of ${engines.length} finished the default race with right answers`,
  );
  process.exitCode = good === engines.length ? 0 : 1;
});
tidy();

/** The same server as `npm start`, with the headers that isolate the page, on a free port. */
async function serve() {
  const { preview } = await import('vite');
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, open: false },
    plugins: [
      {
        name: 'hold-scripts',
        configurePreviewServer: ({ middlewares }) => void middlewares.use(holdScripts),
      },
    ],
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/**
 * Scripts arrive a moment after the page: WebDriver can only watch for uncaught errors once the page is there.
 * @param {import('node:http').IncomingMessage} request
 * @param {unknown} _response
 * @param {() => void} next
 */
function holdScripts(request, _response, next) {
  setTimeout(next, /\.m?js($|\?)/.test(request.url ?? '') ? 300 : 0);
}

/**
 * @param {import('./puppeteer.mjs').Engine} engine
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function check({ name, launch }, url) {
  console.log(`\n== ${name}`);
  /** @type {import('./puppeteer.mjs').Driver | undefined} */
  let driver;
  /** @type {string[]} */
  const problems = [];
  try {
    driver = await launch();
    console.log(`version    ${driver.version}`);
    const outcome = await race(driver, url);
    print(outcome);
    problems.push(...faults(outcome));
  } catch (error) {
    problems.push(
      error instanceof SetupError
        ? error.message
        : String(error instanceof Error ? error.stack : error),
    );
  }
  problems.push(...(driver?.errors ?? []).map((error) => `Uncaught error in the page: ${error}`));
  for (const problem of problems) console.log(`! ${problem}`);
  if (driver) await end(driver, problems.length > 0 ? name : undefined);
  return problems.length === 0;
}

/** @param {import('./scenario.mjs').Outcome} outcome */
function print({ isolated, lanes, missing }) {
  console.log(`isolated   ${isolated ? 'yes' : 'no'}`);
  const width = (/** @type {'lane' | 'median'} */ key) =>
    Math.max(0, ...lanes.map((lane) => lane[key].length));
  for (const { lane, state, median, answer, right } of lanes) {
    const verdict = right === 'true' ? 'right' : 'not right';
    console.log(
      `lane       ${lane.padEnd(width('lane'))}  ${state}  ${median.padStart(width('median'))}  ${answer} (${verdict})`,
    );
  }
  for (const text of missing.length > 0 ? missing : ['nothing']) console.log(`missing    ${text}`);
}

/**
 * @param {import('./puppeteer.mjs').Driver} driver
 * @param {string | undefined} picture the name of a last screenshot
 */
async function end(driver, picture) {
  try {
    if (picture) {
      mkdirSync('test-results/engines', { recursive: true });
      await driver.screenshot(`test-results/engines/${picture}.png`);
      console.log(`The page as it was: test-results/engines/${picture}.png`);
    }
  } catch {
    // a page that is gone has no picture
  }
  await driver.close().catch((error) => console.log(`${error}`));
}
