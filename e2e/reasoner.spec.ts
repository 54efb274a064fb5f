import { expect, test } from './fixtures.ts';
import { ReasonerPage } from './reasoner.page.ts';

const FP32 = 'reasoner/fp32-wasm';
const INT8 = 'reasoner/int8-wasm';

test('a multiplication is written before one’s eyes, character by character, to the right product', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Reasoner');
  const reasoner = new ReasonerPage(page);
  await expect(reasoner.problem).toHaveValue('3315 × 4993');
  // Nothing heavy before the user asks.
  expect(bench.fetched(/\.onnx$/)).toEqual([]);
  await reasoner.think.click();
  await expect.poll(() => reasoner.written(FP32)).not.toBe('');
  const part = await reasoner.written(FP32);
  expect(part.length).toBeLessThan(60);
  await reasoner.finish();
  const whole = await reasoner.written(FP32);
  expect(whole.startsWith(part)).toBe(true);
  expect(whole).toMatch(/:59715561\.$/);
  for (const id of [FP32, INT8]) {
    const writing = reasoner.writing(id);
    await expect(writing).toContainText('16551795: right.');
    await expect(writing).toContainText('19 steps, all right.');
    await expect(writing).toContainText(/characters a second: .* ms each, median of 59/);
    await expect(writing).toContainText(/got 97\.[89]% right/);
    await expect(writing.getByRole('row').last()).toHaveText('16551795the answer');
  }
});

test('a wrong step is marked with what is right; both trainings side by side; nonsense is refused', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Reasoner, stopped early');
  const reasoner = new ReasonerPage(page);
  await reasoner.problem.fill('3315 x 4993 apples');
  await expect(
    page.getByText('"3315 x 4993 apples" is not a product of two whole numbers, such as 12 × 34.'),
  ).toBeVisible();
  await expect(reasoner.think).toBeDisabled();
  await expect(bench.run).toBeDisabled();
  await reasoner.problem.fill('12345*6');
  await expect(
    page.getByText('the model was trained on factors of at most 4 digits.'),
  ).toBeVisible();

  await reasoner.problem.fill('3315x4993');
  await reasoner.pick('Second lane', FP32);
  await reasoner.pick('Pace', 'full');
  await reasoner.think.click();
  await reasoner.finish();
  const early = reasoner.writing('reasoner-early/fp32-wasm');
  await expect(early).toContainText('16554695: wrong. It is 16551795.');
  await expect(early).toContainText('19 steps, 1 wrong:');
  await expect(early).toContainText('308295 + 2983500 is 3291795, not 3294695.');
  await expect(early.getByRole('deletion')).toHaveText(['4', '6']);
  await expect(early.getByRole('insertion')).toHaveText(['1', '7']);
  await expect(reasoner.writing(FP32)).toContainText('16551795: right.');

  await page.getByText('Answer at once').click();
  await reasoner.think.click();
  await reasoner.finish();
  expect(await reasoner.written(FP32)).toMatch(/^\d{8}\.$/);
  await expect(reasoner.writing(FP32)).toContainText(/: wrong\. It is 16551795\./);
});

test('a race times the next character with its real cache, and every lane reads on with its own', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Reasoner');
  await expect(
    page.getByText('A race times the 37th character of the written-out work'),
  ).toBeVisible();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
    await expect(bench.lane(id)).toHaveAttribute('data-answer', '3');
    await expect(page.locator(`[data-answers="${id}"]`).getByRole('listitem')).toHaveCount(3);
    // Characters of held-out problems: nearly all of the ones that are asked for.
    await expect(bench.lane(id).locator('[data-figure="accuracy"]')).toContainText(
      /^(100|99\.\d)%/,
    );
  }
  await expect(bench.headline).toContainText(/agrees with it on [\d.]+% of [\d,]+ characters/);
});
