// What Chromium and Firefox have in common: both are driven by puppeteer-core.

/**
 * One running browser engine with one page.
 * @typedef {object} Driver
 * @property {string} version
 * @property {string[]} errors uncaught errors of the page so far
 * @property {(url: string) => Promise<void>} open
 * @property {(source: string) => Promise<any>} evaluate calls a function, given as source, in the page; its result as JSON
 * @property {(path: string) => Promise<void>} screenshot a PNG
 * @property {() => Promise<void>} close ends every process of the engine
 *
 * @typedef {object} Engine
 * @property {string} name
 * @property {() => Promise<Driver>} launch installs the engine where it is missing and starts it
 */

/**
 * @param {import('puppeteer-core').LaunchOptions} options
 * @returns {Promise<Driver>}
 */
export async function launch(options) {
  const { default: puppeteer } = await import('puppeteer-core');
  // The runner ends this process on a signal, and puppeteer ends the browser with the process.
  const browser = await puppeteer.launch({
    ...options,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) =>
    errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  page.on('error', (error) => errors.push(`the page crashed: ${error.message}`));
  return {
    version: await browser.version(),
    errors,
    open: async (url) => void (await page.goto(url)),
    evaluate: (source) => page.evaluate(`(${source})()`),
    screenshot: async (path) =>
      void (await page.screenshot({ path: /** @type {`${string}.png`} */ (path) })),
    close: () => browser.close(),
  };
}
