import { modelOf, node, value } from '../src/core/onnx/build.ts';
import { TensorProto_DataType as T } from '../src/core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../src/core/onnx/write.ts';
import { expect, test } from './fixtures.ts';

/** A decoder's signature: the keys and values of many layers come in and go out. */
function manyInputs(count: number): Buffer {
  const caches = Array.from({ length: count }, (_, i) => `past_key_values.${i}.key`);
  const shape = ['batch_size', 2, 'past_sequence_length', 4] as const;
  const model = modelOf({
    input: caches.map((name) => value(name, T.FLOAT, ...shape)),
    output: caches.map((name) => value(`present.${name}`, T.FLOAT, ...shape)),
    node: caches.map((name) => node('Identity', [name], [`present.${name}`])),
  });
  return Buffer.from(concat(modelParts(model)));
}

for (const [width, height] of [
  [1280, 800],
  [360, 640],
] as const) {
  test(`${width} x ${height}: what starts a race is in view without scrolling, whatever is chosen`, async ({
    bench,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await bench.open();
    await expect(bench.run).toBeInViewport({ ratio: 1 });
    for (const title of await bench.models()) {
      await bench.chooseModel(title);
      await expect(bench.run).toBeEnabled();
      await expect(bench.run, title).toBeInViewport({ ratio: 1 });
    }
    await bench.pick({ name: 'decoder.onnx', bytes: manyInputs(49) });
    await expect(page.getByText('Your file, with 49 inputs')).toBeVisible();
    await expect(bench.run).toBeInViewport({ ratio: 1 });
  });

  test(`${width} x ${height}: after a press the sentence is in view, from wherever the page stood`, async ({
    bench,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await bench.open();
    await bench.raceFor('for 30 rounds');
    await bench.race();
    await expect(bench.headline).toBeInViewport({ ratio: 1 });
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(bench.headline).not.toBeInViewport();
    // By the keyboard, which leaves the page where it stands.
    await bench.run.evaluate((button: HTMLElement) => button.click());
    await bench.finish();
    await expect(bench.headline).toBeInViewport({ ratio: 1 });
  });
}

test('before the first race an example stands where its results will; what was found then stands in its order', async ({
  bench,
  page,
}) => {
  await bench.open();
  const example = page.getByRole('img', { name: /^A finished race/ });
  await expect(example).toBeInViewport();
  await expect
    .poll(() => example.evaluate((img: HTMLImageElement) => img.naturalWidth))
    .not.toBe(0);
  await bench.raceFor('for 30 rounds');
  await bench.run.click();
  await expect(example).toBeHidden();
  await bench.finish();
  await expect(example).toBeHidden();

  const parts = [
    bench.headline,
    page.getByRole('table', { name: 'Figures of every lane' }),
    page.getByRole('heading', { name: 'Latency per inference, ms' }),
    page.getByRole('heading', { name: 'Why, and how far to trust it' }),
    page.getByRole('heading', { name: 'Energy per inference above idle' }),
    page.getByRole('heading', { name: 'Cold start' }),
  ];
  const tops = await Promise.all(parts.map(async (part) => (await part.boundingBox())?.y ?? 0));
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  await expect(page.locator('[data-coming]')).toHaveCount(0);
});
