// What has to be there before anything runs: a recent Node, the dependencies, a browser, a build. Only Node's own modules
// are imported at the top, because this file runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A sentence for the person who ran the command: shown without a stack. */
export class SetupError extends Error {}

/**
 * Runs an entry point; what goes wrong becomes one sentence (or a stack, where it is a defect) and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function run(main) {
  try {
    process.chdir(root);
    await main();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Vite 8 needs 20.19, or 22.12 on the 22 line; older ones fail with errors that do not name the reason. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
  if (!recent) {
    throw new SetupError(
      `Inferometer needs Node 20.19 or newer (on the 22 line 22.12 or newer); this is Node ${process.versions.node}. Install a current one from https://nodejs.org and run the command again.`,
    );
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {number} the exit code
 */
function exec(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: root, ...options });
  if (error) console.error(error.message);
  return status ?? 1;
}

/**
 * @param {string[]} args plain words: on Windows npm is a batch file and goes through the shell
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function npm(args, options = {}) {
  return process.platform === 'win32'
    ? exec(['npm', ...args].join(' '), [], { shell: true, ...options })
    : exec('npm', args, options);
}

/** Installs what package-lock.json says, unless it is installed already: then nothing is started and no network is needed. */
export function ensureDependencies() {
  if (installed()) return;
  // Development dependencies are what builds and tests this, also where NODE_ENV is "production".
  const flags = ['--include=dev', '--no-audit', '--no-fund'];
  const locked = existsSync(join(root, 'package-lock.json'));
  console.log(`Installing the dependencies (npm ${locked ? 'ci' : 'install'}) ...`);
  if (npm([locked ? 'ci' : 'install', ...flags]) === 0) return;
  // `npm ci` is strict about packages for other systems, which a partial registry may not offer; this is not, and it
  // keeps to the locked versions as well.
  if (locked && npm(['install', '--no-save', ...flags]) === 0) return;
  throw new SetupError('The dependencies could not be installed; the lines above say why.');
}

/**
 * npm ends every install by writing down what it put into node_modules. That record is a better stamp than one of our own:
 * it is also there when somebody ran npm by hand, and it is missing after an install that broke off.
 */
function installed() {
  try {
    const read = (/** @type {string} */ file) =>
      JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const present = read('node_modules/.package-lock.json');
    return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
      // Packages for other systems are locked but not installed; the root package ('') is not installed either.
      if (path === '' || ((optional || devOptional) && !present[path])) return true;
      return present[path]?.version === version && present[path]?.integrity === integrity;
    });
  } catch {
    return false;
  }
}

/**
 * @param {string[]} names
 * @returns {string[]} the full paths of those that are on the PATH, in the order of the names
 */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) =>
    folders.map((folder) => join(folder, name)).filter((path) => existsSync(path)),
  );
}

/**
 * Installs Debian packages where that is possible without asking anybody.
 * @param {string[]} packages
 * @returns {boolean} whether they are installed now
 */
export function aptInstall(packages) {
  const sudo = rights();
  if (!sudo) return false;
  console.log(`Installing ${packages.join(', ')} (apt-get) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {string[]} */ ...args) => {
    const [command = '', ...rest] = [...sudo, 'apt-get', '-q', ...args];
    return exec(command, rest, { env }) === 0;
  };
  apt('update'); // a list that could not be refreshed may still be good enough
  return apt('install', '-y', '--no-install-recommends', ...packages);
}

/** @returns {string[] | undefined} what to put before apt-get; undefined where it is not there or not allowed */
function rights() {
  if (process.platform !== 'linux' || onPath('apt-get').length === 0) return undefined;
  if (process.getuid?.() === 0) return [];
  const asks = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0;
  return asks ? undefined : ['sudo', '-n'];
}

/** @returns {Promise<string>} the path of a Chromium (or a browser built on it) that starts */
export async function ensureBrowser() {
  const named = process.env.INFEROMETER_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`INFEROMETER_CHROMIUM names ${named}, which does not exist.`);
  }

  const playwright = await playwrightChromium();
  const found = [playwright, ...usualPlaces()].find(starts);
  if (found) return found;

  if (playwright) {
    console.log("Downloading Playwright's Chromium ...");
    const cli = [
      join(root, 'node_modules/@playwright/test/cli.js'),
      'install',
      '--no-shell',
      'chromium',
    ];
    exec(process.execPath, cli, { timeout: 300_000 });
    if (starts(playwright)) return playwright;
  }
  if (aptInstall(['chromium'])) {
    const chromium = usualPlaces().find(starts);
    if (chromium) return chromium;
  }
  throw new SetupError(
    'The tests need a Chromium and none could be found or installed. Install Chromium or Chrome, or set INFEROMETER_CHROMIUM to the path of one.',
  );
}

/** @returns {Promise<string | undefined>} where Playwright keeps its Chromium, downloaded or not */
async function playwrightChromium() {
  try {
    const { chromium } = await import('@playwright/test');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

function usualPlaces() {
  const { PROGRAMFILES, LOCALAPPDATA, HOME = '' } = process.env;
  const windows = [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(
    (folder) => folder !== undefined,
  );
  const mac = ['/Applications', join(HOME, 'Applications')];
  return [
    ...onPath('google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'),
    ...mac.map((folder) => join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome')),
    ...mac.map((folder) => join(folder, 'Chromium.app/Contents/MacOS/Chromium')),
    ...windows.map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
    ...windows.map((folder) => join(folder, 'Microsoft/Edge/Application/msedge.exe')),
  ];
}

/**
 * A file is not yet a browser: a download may lack system libraries, and Ubuntu has a script of this name that only
 * recommends another package. On Windows, asking for the version would open a window.
 * @param {string | undefined} path
 */
function starts(path) {
  if (!path || !existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/** Builds the site into dist/, unless a stamp there says that it was built from these very files. */
export function ensureBuilt() {
  const stamp = join(root, 'dist/.stamp');
  const now = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    console.log('The build in dist/ is up to date.');
    return;
  }
  const code = npm(['run', 'build']);
  if (code !== 0) throw new SetupError('The site could not be built; the lines above say why.');
  writeFileSync(stamp, now);
}

/** A hash over the names and contents of everything a build is made from. */
function sourceHash() {
  const top = readdirSync(root).filter(
    (name) =>
      ['src', 'site', 'public', 'docs', 'index.html', 'package.json', 'package-lock.json'].includes(
        name,
      ) || /\.config\.\w+$|^tsconfig.*\.json$/.test(name),
  );
  const hash = createHash('sha256');
  for (const path of top.sort().flatMap((name) => filesUnder(join(root, name)))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path).split(sep).join('/')} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]} the file itself, or all files of the folder, in a fixed order
 */
function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
