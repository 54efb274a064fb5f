// npm run types, first step: says to the compiler which classes each CSS module has, so that a misspelt one is a type
// error, and fails on classes that nobody uses. What it writes is not committed.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform } from 'lightningcss';
import { root, run, SetupError } from './setup.mjs';

/** The compiler merges it with src (`rootDirs` in src/ui/tsconfig.json and tsconfig.tools.json). */
const OUT = join(root, '.tsbuild/css');

/** @param {string} end */
const filesThat = (end) =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => join(root, 'src', path));

/**
 * @param {string} file
 * @returns {string[]} names of its classes, as the code imports them
 */
function classesOf(file) {
  const { exports } = transform({
    filename: file,
    code: readFileSync(file),
    // Else keyframes would count too.
    cssModules: { animation: false, container: false, customIdents: false, grid: false },
  });
  return Object.keys(exports ?? {}).sort();
}

/** Code by the CSS modules that it imports. */
function importers() {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const file of filesThat('.tsx')) {
    const code = readFileSync(file, 'utf8');
    for (const [, path = ''] of code.matchAll(/from '(\.[^']+\.module\.css)'/g)) {
      const css = join(dirname(file), path);
      found.set(css, [...(found.get(css) ?? []), code]);
    }
  }
  return found;
}

await run(async () => {
  rmSync(OUT, { recursive: true, force: true });
  const codes = importers();
  /** @type {string[]} */
  const unused = [];
  for (const file of filesThat('.module.css')) {
    const classes = classesOf(file);
    const path = relative(root, file);
    const declared = classes.map((name) => `  readonly '${name}': string;\n`).join('');
    const target = join(OUT, `${path}.d.ts`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `declare const classes: {\n${declared}};\nexport default classes;\n`);
    const users = codes.get(file) ?? [];
    for (const name of classes) {
      if (!users.some((code) => code.includes(`'${name}'`))) unused.push(`${path}: .${name}`);
    }
  }
  if (unused.length > 0) {
    throw new SetupError(`Classes that nobody uses:\n${unused.join('\n')}`);
  }
});
