import { expect, test } from './fixtures.ts';
import { ReportsPage } from './reports.page.ts';

test('a race is kept, noted, deleted and had back, exported as a file, imported in another profile and compared', async ({
  bench,
  reports,
  page,
  browser,
  baseURL,
}) => {
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  const onBench = (await bench.headline.textContent()) ?? '';
  // Whether 30 rounds are enough for an interval is a matter of how busy the machine is.
  const sure = await page.getByText(/95% interval .* interleaved rounds/).isVisible();
  const median = await bench.lane('int8-wasm').locator('[data-figure="median"]').textContent();
  await page.getByRole('link', { name: 'Open report' }).click();
  await expect(page.locator('[data-report-open="done"]')).toBeVisible();
  // The same figures from the same samples.
  await expect(bench.lane('int8-wasm').locator('[data-figure="median"]')).toHaveText(median ?? '');
  expect(onBench).toContain((await reports.headline.textContent()) ?? 'nothing');
  await expect(page.getByText('Raced').locator('..')).toContainText('for 30 rounds');
  await expect(page.getByRole('img', { name: /^Latency per inference/ })).toBeVisible();
  const file = await reports.download('Export JSON');
  expect(file.name).toMatch(/^Digits-.*\.report\.json$/);
  const table = await reports.download('Export CSV');
  const samples = table.text.trim().split('\r\n').length - 1;
  expect(samples).toBeGreaterThan(60);

  await reports.history();
  await expect(reports.rows).toHaveCount(1);
  await expect(reports.rows).toContainText('Digits');
  await expect(reports.rows).toContainText(`${samples.toLocaleString('en')} samples`);

  await reports.open(reports.rows);
  await page.getByLabel('Note').fill('On battery');
  await page.getByLabel('Note').blur();
  await reports.history();
  await reports.rows.getByRole('button', { name: /Delete/ }).click();
  await expect(reports.rows).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(reports.rows).toContainText('On battery');

  // A second browser profile: nothing of the first is there.
  const other = await browser.newContext({ baseURL: baseURL ?? '' });
  const there = new ReportsPage(await other.newPage());
  await there.goto();
  await expect(there.rows).toHaveCount(0);
  await there.import(file);
  await expect(there.rows).toHaveCount(1);
  await expect(there.page.getByRole('status')).toContainText('A report was added.');
  await there.import(file);
  await expect(there.page.getByRole('status')).toContainText('here already');
  await expect(there.rows).toHaveCount(1);
  // The table of the same samples is another report, and knows less.
  await there.import(table);
  await expect(there.rows).toHaveCount(2);
  await expect(there.rows.filter({ hasText: 'unknown device' })).toHaveCount(1);
  await there.compareFirstTwo();
  const int8 = there.page.locator('[data-compared-lane="int8-wasm"]');
  await expect(int8).toContainText('1.00× the time');
  await expect(int8).toHaveAttribute('data-says', sure ? 'same' : 'unclear');
  await expect(there.headline).toContainText(
    sure ? 'no significant difference' : 'too few rounds to tell',
  );
  await expect(there.page.getByText(/conditions differ/)).toBeVisible();
  await other.close();
});

test('a real reload in mid-race keeps what was measured', async ({ bench, reports, page }) => {
  await bench.open();
  await bench.raceFor('for a minute');
  await bench.run.click();
  await expect(bench.lane('int8-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  const storedRounds = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('inferometer');
          opening.onsuccess = () => {
            const chunks = opening.result.transaction('chunks').objectStore('chunks').count();
            chunks.onsuccess = () => {
              opening.result.close();
              resolve(chunks.result);
            };
          };
        }),
    );
  // What the page can say already is stored with the next part or the one after it.
  await expect(bench.headline).toContainText('On this device');
  const before = await storedRounds();
  await expect.poll(storedRounds).toBeGreaterThanOrEqual(before + 2);
  await page.reload();
  const line = page.locator('[data-interrupted]');
  await expect(line).toContainText(
    /A race of Digits was interrupted at \d\d:\d\d after \d+ rounds/,
  );
  const rounds = Number(/after (\d+)/.exec((await line.textContent()) ?? '')?.[1]);
  expect(rounds).toBeGreaterThan(0);
  await line.getByRole('link', { name: 'Open what was measured' }).click();
  await expect(page.locator('[data-report-open="interrupted"]')).toBeVisible();
  await expect(reports.headline).toContainText('on WASM');
  await expect(bench.lane('int8-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  await reports.history();
  await expect(reports.rows).toHaveCount(1);
  await expect(reports.rows).toContainText('interrupted');
});
