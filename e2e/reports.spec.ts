import { expect, test } from './fixtures.ts';
import { ReportsPage } from './reports.page.ts';

test('a race is kept, opened, exported, imported elsewhere and compared', async ({
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
    sure ? 'no significant difference' : 'too few rounds to say',
  );
  await expect(there.page.getByText(/conditions differ/)).toBeVisible();
  await other.close();
});

test('a reload in mid-race keeps what was measured', async ({ bench, reports, page }) => {
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
  expect(rounds).toBeGreaterThan(10);
  await line.getByRole('link', { name: 'Open what was measured' }).click();
  await expect(page.locator('[data-report-open="interrupted"]')).toBeVisible();
  await expect(reports.headline).toContainText('int8 on WASM');
  await expect(bench.lane('int8-wasm').locator('[data-figure="median"]')).toHaveText(/\d ?ms/);
  await reports.history();
  await expect(reports.rows).toHaveCount(1);
  await expect(reports.rows).toContainText('interrupted');
});

test('files that are no reports are refused in a sentence, and good ones beside them taken', async ({
  reports,
}) => {
  await reports.goto();
  const newer = JSON.stringify({ format: 'inferometer-report', version: 7 });
  await reports.import({ name: 'tomorrow.json', text: newer });
  await expect(reports.alert).toContainText(
    'This report was made by a newer version (format 7; this page knows 1). Update the page.',
  );
  await reports.import({ name: 'broken.json', text: '{"format": "inferometer-rep' });
  await expect(reports.alert).toContainText(
    'broken.json is refused. It is not valid JSON, or was cut off.',
  );
  await reports.import({ name: 'other.json', text: '{"log": {}}' });
  await expect(reports.alert).toContainText('other.json is refused. It says nothing where');
  await reports.import({ name: 'other.csv', text: 'a,b\n1,2\n' });
  await expect(reports.alert).toContainText('Its first line is "a,b", not that of a race.');
  await expect(reports.rows).toHaveCount(0);
});

test('a deleted report can be had back, notes stay, and all go into one file', async ({
  bench,
  reports,
  page,
}) => {
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await bench.race();
  await reports.history();
  await expect(reports.rows).toHaveCount(2);
  await reports.open(reports.rows.first());
  await page.getByLabel('Note').fill('On battery');
  await page.getByLabel('Note').blur();
  await reports.history();
  await expect(reports.rows.first()).toContainText('On battery');
  await reports.rows
    .first()
    .getByRole('button', { name: /Delete/ })
    .click();
  await expect(reports.rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(reports.rows).toHaveCount(2);
  await expect(reports.rows.first()).toContainText('On battery');
  const all = await reports.download('Export all');
  expect(JSON.parse(all.text).reports).toHaveLength(2);
  await page.reload();
  await expect(reports.rows).toHaveCount(2);
  await reports.open(reports.rows.first());
  await page.getByRole('button', { name: 'Race the same again' }).click();
  await bench.finish();
  await expect(bench.lanes).toHaveCount(2);
});

test('without storage the race goes on, and it is said once', async ({ bench, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(IDBFactory.prototype, 'open', {
      value: () => {
        throw new DOMException('The user denied permission.', 'SecurityError');
      },
    });
  });
  await bench.open();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.alert).toHaveCount(1);
  await expect(bench.alert).toContainText(
    'The browser lets this page store nothing (SecurityError: The user denied permission.)',
  );
  await expect(bench.headline).toContainText('On this device');
});
