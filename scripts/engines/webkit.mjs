// WebKit as Debian packages it: WebKitGTK's MiniBrowser on a virtual screen, driven through plain WebDriver HTTP.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptInstall, onPath, SetupError } from '../setup.mjs';

/** @type {import('./puppeteer.mjs').Engine} */
export const webkit = {
  name: 'webkit',
  launch: async () => {
    const programs =
      find() ??
      (aptInstall(['webkit2gtk-driver', 'libwebkit2gtk-4.1-0', 'xvfb']) ? find() : undefined);
    if (!programs) {
      throw new SetupError(
        'WebKit was not found. This check needs WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver, libwebkit2gtk-4.1-0, xvfb).',
      );
    }
    const screen = await startScreen(programs.xvfb);
    try {
      const driver = await startDriver(programs, screen.display);
      const close = driver.close;
      return { ...driver, close: () => close().finally(screen.kill) };
    } catch (error) {
      screen.kill();
      throw error;
    }
  },
};

/** @typedef {{ xvfb: string, driver: string, browser: string }} Programs */

/** @returns {Programs | undefined} */
function find() {
  const [xvfb] = onPath('Xvfb');
  const [driver] = onPath('WebKitWebDriver');
  const browser = ['/usr/lib', '/usr/lib64', '/usr/libexec']
    .filter((folder) => existsSync(folder))
    // MiniBrowser lies beside its library: /usr/lib/<machine>/webkit2gtk-4.1/ or /usr/libexec/webkit2gtk-4.1/
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name)),
    ])
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^webkit2?gtk-/.test(name))
        .map((name) => join(folder, name, 'MiniBrowser')),
    )
    .find((path) => existsSync(path));
  return xvfb && driver && browser ? { xvfb, driver, browser } : undefined;
}

/**
 * Starts a process in a group of its own, so that what it starts in turn can be ended with it, at the latest when this
 * process ends.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const kill = () => {
    process.off('exit', kill);
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it had ended already
    }
  };
  process.on('exit', kill);
  return { child, kill };
}

/** @param {string} xvfb */
async function startScreen(xvfb) {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'];
  const { child, kill } = start(xvfb, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  // Xvfb looks for a free number and writes it when the screen can be used.
  const display = await new Promise((resolve, reject) => {
    child.stdio[3]?.once('data', (number) => resolve(`:${String(number).trim()}`));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
  });
  return { display, kill };
}

/**
 * @param {Programs} programs
 * @param {string} display
 * @returns {Promise<import('./puppeteer.mjs').Driver>}
 */
async function startDriver(programs, display) {
  const port = await freePort();
  const { kill } = start(programs.driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11' },
    stdio: 'ignore',
  });

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    return value;
  };

  try {
    await untilAnswered(() => call('GET', '/status'));
    const { sessionId, capabilities } = await call('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] },
          // Not waiting for the page gets the listeners into it before its scripts arrive.
          pageLoadStrategy: 'none',
        },
      },
    });
    const session = `/session/${sessionId}`;
    /** @type {string[]} */
    const errors = [];
    const evaluate = async (/** @type {string} */ source) => {
      const answer = await call('POST', `${session}/execute/sync`, {
        script: `return (${watched})(${source})`,
        args: [],
      });
      errors.push(...answer.errors);
      return answer.result;
    };
    return {
      version: `WebKitGTK/${capabilities.browserVersion}`,
      errors,
      open: async (url) => {
        await call('POST', `${session}/url`, { url });
        await untilAnswered(async () => {
          if ((await evaluate('() => location.href')) === 'about:blank')
            throw new Error(`${url} does not open`);
        });
      },
      evaluate,
      screenshot: async (path) =>
        writeFile(path, Buffer.from(await call('GET', `${session}/screenshot`), 'base64')),
      close: () => call('DELETE', session).finally(kill),
    };
  } catch (error) {
    kill();
    throw error;
  }
}

/**
 * Runs in the page. WebDriver has no events, so every call sees to it that the page notes its uncaught errors, and brings
 * along those noted since the last one. (The browser does not print its console when it is automated.)
 * @param {() => unknown} question
 */
async function watched(question) {
  const page = /** @type {Window & { uncaughtErrors?: string[] }} */ (window);
  if (!page.uncaughtErrors) {
    /** @type {string[]} */
    const noted = [];
    const note = (/** @type {any} */ error) =>
      noted.push([error, error?.stack].filter(Boolean).join('\n    at '));
    page.addEventListener('error', (event) => note(event.error ?? event.message));
    page.addEventListener('unhandledrejection', (event) => note(event.reason));
    page.uncaughtErrors = noted;
  }
  return { result: await question(), errors: page.uncaughtErrors.splice(0) };
}

/**
 * Asks again for 10 s, as long as the asking fails.
 * @param {() => Promise<unknown>} ask
 */
async function untilAnswered(ask) {
  for (let tries = 500; ; tries--) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 0) throw error;
      await sleep(20);
    }
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
