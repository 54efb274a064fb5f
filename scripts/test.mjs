// npm test: everything that is missing, then every check one after another, up to the first that fails.

import { ensureBrowser, ensureBuilt, ensureDependencies, ensureNode, npm, run } from './setup.mjs';

await run(async () => {
  ensureNode();
  ensureDependencies();
  const chromium = await ensureBrowser();
  const env = { ...process.env, INFEROMETER_CHROMIUM: chromium };

  /** @type {[string, () => number | void][]} */
  const steps = [
    ['format and lint', () => npm(['run', 'lint'])],
    ['types', () => npm(['run', 'types'])],
    ['unused code', () => npm(['run', 'knip'])],
    ['unit tests', () => npm(['run', 'unit'])],
    ['build', () => ensureBuilt()],
    [`in a browser (${chromium})`, () => npm(['run', 'e2e'], { env })],
  ];

  const lines = [];
  for (const [name, step] of steps) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const code = attempt(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`== ${name}: ${seconds} s`);
    lines.push(`${seconds.padStart(8)} s  ${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
    if (code !== 0) {
      process.exitCode = code;
      break;
    }
  }
  console.log(`\n${lines.join('\n')}`);
  if (process.exitCode) console.log(`${steps.length - lines.length} further steps were not run.`);
});

/**
 * @param {() => number | void} step
 * @returns {number} its exit code
 */
function attempt(step) {
  try {
    return step() ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
