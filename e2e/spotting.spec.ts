import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

test('text is found in a sample by every lane, counted against known lines, drawn, and stored as boxes alone', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Text spotting');
  await expect(page.locator('[data-picture="Printed page"]')).toBeVisible();
  await expect(page.getByText('Inferometer, CC0-1.0')).toBeVisible();
  // Nothing heavy before the user asks.
  expect(bench.fetched(/\.onnx$/)).toEqual([]);
  await expect(page.locator('[data-run-at="640 × 480"]')).toContainText('307,200 pixels');
  await page.getByLabel('Longest side').selectOption('at most 320 pixels');
  await expect(page.locator('[data-run-at="320 × 256"]')).toBeVisible();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    const answers = page.locator(`[data-answers="${id}"]`);
    await expect(answers.getByRole('img')).toBeVisible();
    await expect(answers).toContainText(/Counted: .*[\d]+ of 68 labelled lines/);
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
    await expect(bench.lane(id).locator('[data-figure="lines"]')).toContainText(/\d+ of 68/);
  }
  await expect(page.locator('[data-answers="int8-wasm"]')).toContainText(
    /of fp32’s \d+ boxes in 9 pictures/,
  );
  await expect(bench.headline).toContainText(/draws \d+ of its \d+ boxes/);

  const drawn = page.locator('[data-answers="fp32-wasm"] [data-boxes]');
  const boxes = await drawn.getAttribute('data-boxes');
  const lanes = await page.locator('[data-answers]').count();
  await page.getByText('On one picture').click();
  await expect(page.locator('[data-together]')).toHaveCount(lanes);
  await page.getByText('Beside each other').click();
  await page.getByLabel('Heat map').check();
  await expect(page.locator('[data-answers="fp32-wasm"] canvas')).toHaveCount(2);

  // A report keeps the boxes, and neither the picture nor the maps.
  await page.getByRole('link', { name: 'Open report' }).click();
  await expect(drawn).toHaveAttribute('data-boxes', boxes ?? '');
  await expect(page.getByText('sample: Printed page, 320 × 256 pixels')).toBeVisible();
  await expect(
    page.getByText('The picture itself and the heat maps are not stored in reports.'),
  ).toBeVisible();
  await expect(page.locator('[data-answers] canvas')).toHaveCount(0);
});

test('one’s own picture is raced; what is no picture is refused', async ({ bench, page }) => {
  await bench.open();
  await bench.chooseModel('Text spotting');
  await expect(page.locator('[data-picture="Printed page"]')).toBeVisible();
  const pick = (name: string, mimeType: string, buffer: Buffer) =>
    page.getByLabel('Picture').setInputFiles({ name, mimeType, buffer });
  await pick('notes.txt', 'text/plain', Buffer.from('no picture'));
  await expect(bench.alert).toContainText(
    'notes.txt (text/plain) is not a picture that this browser can open.',
  );
  await expect(page.locator('[data-picture="Printed page"]')).toBeVisible();
  await pick('mine.jpg', 'image/jpeg', modelBytes('spotting-sample-sign.jpg'));
  await expect(page.locator('[data-picture="mine.jpg"]')).toBeVisible();
  await page.getByLabel('Longest side').selectOption('at most 320 pixels');
  await bench.raceFor('for 4 seconds');
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    await expect(page.locator(`[data-answers="${id}"] [data-boxes="3"]`)).toBeVisible();
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
  }
  await expect(page.locator('[data-answers="int8-wasm"]')).toContainText(/boxes in 10 pictures/);
});
