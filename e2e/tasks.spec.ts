import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

test('a photo is named by every lane; another is picked, what is no picture is refused', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Photos');
  const seen = page.getByRole('img', { name: /as the model sees it$/ });
  await expect(seen).toBeVisible();
  // Nothing heavy before the user asks.
  expect(bench.fetched(/\.onnx$/)).toEqual([]);
  await bench.raceFor('for 30 rounds');
  await page.getByLabel('Picture').setInputFiles({
    name: 'mine.jpg',
    mimeType: 'image/jpeg',
    buffer: modelBytes('photos-samples/cheetah.jpg'),
  });
  await expect(page.locator('[data-picture="mine.jpg"]')).toBeVisible();
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    const answers = page.locator(`[data-answers="${id}"]`);
    await expect(answers.getByRole('listitem')).toHaveCount(5);
    await expect(answers.getByRole('listitem').first()).toContainText('cheetah');
    await expect(bench.lane(id)).toContainText('cheetah');
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
  }
  await expect(bench.headline).toContainText(/agrees with it on [\d.]+% of \d+ photos/);

  await page.getByLabel('Picture').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('no picture'),
  });
  await expect(bench.alert).toContainText(
    'notes.txt (text/plain) is not a picture that this browser can open.',
  );
  await expect(page.locator('[data-picture="mine.jpg"]')).toBeVisible();
  await page.getByRole('button', { name: 'A sample' }).click();
  await expect(page.getByText(/^A sample: /)).toBeVisible();
  await expect(bench.run).toBeEnabled();

  // What was found of one model does not stand beside another.
  await bench.chooseModel('Digits');
  await expect(page.locator('[data-answers]')).toHaveCount(0);
  await expect(page.getByText('Saved in this browser')).toHaveCount(0);
});

test('any file’s type is told with its reason; too few bytes are a rule’s, not the model’s', async ({
  bench,
  page,
}) => {
  await bench.open();
  await bench.chooseModel('Files');
  await expect(page.getByRole('combobox', { name: 'File' })).toContainText('holiday.txt');
  const pick = (name: string, text: string) =>
    page.getByLabel('Any file').setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
  await pick('tiny', 'hi');
  await expect(page.getByText(/Too few bytes for the model/)).toBeVisible();
  await expect(bench.run).toBeDisabled();
  await pick('empty', '');
  await expect(page.getByText('There is nothing in this file.')).toBeVisible();
  await pick(
    'report.docx',
    `import os\nimport sys\n\n\ndef main() -> None:\n    for name in sorted(os.listdir(sys.argv[1])):\n        print(name)\n\n\nif __name__ == "__main__":\n    main()\n`,
  );
  await expect(bench.run).toBeEnabled();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  for (const id of ['fp32-wasm', 'int8-wasm']) {
    const answer = page.locator(`[data-answers="${id}"] [data-file-type]`);
    await expect(answer).toHaveAttribute('data-file-type', 'python');
    await expect(answer).toContainText(/The model says Python source with/);
    await expect(bench.lane(id)).toHaveAttribute('data-right', 'true');
  }
});
