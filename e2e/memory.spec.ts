import type { BenchPage } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { LONG_MS } from './limits.ts';

const MB = String.raw`[\d.]+ MB`;

async function raced(bench: BenchPage): Promise<void> {
  await bench.raceFor('for 30 rounds');
  await bench.race();
}

test('every lane shows what each phase added to its memory, and to the time until it is steady', async ({
  bench,
  page,
}) => {
  await bench.open();
  await raced(bench);
  const memory = page.getByRole('list', { name: 'Memory by lane and phase' });
  const phases = page.getByRole('list', { name: 'Cold start by lane and phase' });
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    const grown = memory.locator(`[data-stack="${id}"]`);
    await expect(grown).toContainText(
      new RegExp(`runtime ${MB} · model \\+.* · first run \\+.* · later \\+.* · model file`),
    );
    const started = phases.locator(`[data-stack="${id}"]`);
    await expect(started).toContainText(/to the first inference/);
    await expect(started).toContainText(
      /files (over the network|from the cache|in the page).* · runtime start .* · session .* · first run /,
    );
  }
  await expect(page.locator('[data-memory-sentence]')).toContainText(new RegExp(`holds ${MB}`));
  await expect(page.locator('[data-phases-sentence]')).toContainText(
    /fp32, WASM: [\d.]+ m?s to the first inference.*; (steady|not steady)/,
  );
});

test('the whole page is counted while the lanes were open and after they ended', async ({
  bench,
  page,
}) => {
  // The browser answers when it next collects garbage, twice.
  await bench.open();
  await raced(bench);
  const note = page.locator('[data-page-memory]');
  await expect(note).toContainText('The browser is counting');
  expect(page.workers().length).toBeGreaterThan(0);
  await expect(note).toContainText(new RegExp(`Ending the lanes released ${MB}`), {
    timeout: LONG_MS,
  });
  await expect(note).toContainText(
    new RegExp(`${MB} while the lanes were open and ${MB} after they ended`),
  );
  expect(page.workers().length).toBe(0);
});

test('lanes that idle to be counted end at once when the next race begins', async ({
  bench,
  page,
}) => {
  await bench.open();
  await raced(bench);
  await expect(page.locator('[data-page-memory]')).toHaveAttribute('data-page-memory', 'asked');
  const ended = page
    .workers()
    .filter((worker) => worker.url().includes('lane.worker'))
    .map((worker) => worker.waitForEvent('close'));
  expect(ended.length).toBeGreaterThan(0);
  await bench.run.click();
  await Promise.all(ended);
  await bench.finish();
  await expect(bench.lane('fp32-wasm')).toHaveAttribute('data-lane-state', 'finished');
});
