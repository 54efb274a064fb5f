import { expectNoSidewaysScroll } from './access.ts';
import { expect, test } from './fixtures.ts';

const PAGES = ['', 'inspect', 'compress', 'reports', 'device', 'models/digits', 'method/latency'];

test('at twice the usual text, as the browser’s settings have it, no page is cut or wider than the screen', async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  const args = [...(launchOptions.args ?? []), '--blink-settings=defaultFontSize=32'];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  const page = await browser.newPage(baseURL === undefined ? {} : { baseURL });
  for (const path of PAGES) {
    await page.goto(`./#/${path}`);
    for (const [width, height] of [
      [1280, 800],
      [360, 640],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect(page.locator('html')).toHaveCSS('font-size', '32px');
      await page.waitForLoadState('networkidle');
      await expectNoSidewaysScroll(page);
      const cut = await page.locator('main, header').evaluateAll((parts) =>
        parts
          .flatMap((part) => [...part.querySelectorAll('*')])
          // Rows of the graph are of one height, and each opens with all that it has to say.
          .filter((element) => element.clientWidth > 1 && !element.closest('[role="listbox"]'))
          .filter((element) => {
            const { overflowX } = getComputedStyle(element);
            const hides = overflowX === 'hidden' || overflowX === 'clip';
            return hides && element.scrollWidth > element.clientWidth + 1;
          })
          .map((element) => element.outerHTML.slice(0, 200)),
      );
      expect(cut, `/${path} at ${width}`).toEqual([]);
    }
  }
  await browser.close();
});
