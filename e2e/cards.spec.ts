import { expectAccessible, expectNoSidewaysScroll } from './access.ts';
import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

interface Stated {
  readonly title: string;
  readonly licence: { readonly notice: string };
  readonly variants: readonly [{ readonly accuracy: { correct: number; of: number } }];
}

test('every model has a card with its licence, its limits and what was measured', async ({
  bench,
  page,
}) => {
  await bench.open();
  expect(bench.fetched(/\/models\/.*card/)).toEqual([]);
  await page.getByRole('link', { name: 'About this model' }).click();
  const { models } = JSON.parse(modelBytes('manifest.json').toString()) as { models: Stated[] };
  for (const { title, licence, variants } of models) {
    await page
      .getByRole('navigation', { name: 'Models' })
      .getByRole('link', { name: title, exact: true })
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.locator('[data-licence]')).toContainText(licence.notice);
    await expect(page.getByRole('heading', { name: 'What it must not be used for' })).toBeVisible();
    const { correct, of } = variants[0].accuracy;
    const stated = `${correct.toLocaleString('en')} of ${of.toLocaleString('en')}`;
    await expect(page.getByRole('cell', { name: stated }).first()).toBeVisible();
    const drawn = page.getByRole('figure').getByRole('img');
    await expect
      .poll(() => drawn.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .not.toBe(0);
  }
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  // From a card to the bench, with its model chosen.
  await page.getByRole('link', { name: 'Race it' }).click();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('reasoner-early');
  await page.goto('./#/models/nothing');
  await expect(page.getByText('There is no model “nothing” here.')).toBeVisible();
});
