// npm run bench [-- NAME]: builds, measures in a real browser, prints one line with the figure and its target last.
// Exit 0 only if the target holds. Without a name it lists the benches.

import { readdirSync } from 'node:fs';
import {
  ensureBrowser,
  ensureBuilt,
  ensureDependencies,
  ensureNode,
  run,
  SetupError,
} from '../scripts/setup.mjs';

/**
 * @typedef {object} Bench
 * @property {string} title what is measured against which target, in one line
 * @property {(chromium: string) => Promise<{ holds: boolean, line: string }>} measure
 */

const SUFFIX = '.bench.mjs';

const names = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

/** @param {string} name @returns {Promise<Bench>} */
const load = async (name) => (await import(`./${name}${SUFFIX}`)).default;

await run(async () => {
  ensureNode();
  ensureDependencies();
  const [name] = process.argv.slice(2);
  if (name === undefined) {
    for (const each of names) console.log(`${each.padEnd(14)} ${(await load(each)).title}`);
    return;
  }
  if (!names.includes(name)) {
    throw new SetupError(`There is no bench "${name}"; there are: ${names.join(', ')}.`);
  }
  const chromium = await ensureBrowser();
  ensureBuilt();
  const { holds, line } = await (await load(name)).measure(chromium);
  console.log(`${name}: ${line} ${holds ? 'holds' : 'MISSED'}`);
  process.exitCode = holds ? 0 : 1;
});
