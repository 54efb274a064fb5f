import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';
import { Verdicts } from './verdicts.page.ts';

test('a damaged copy of a model is called wrong by what the real runtime answers, and cannot win', async ({
  bench,
  page,
}) => {
  const bytes = modelBytes('digits-fp32.onnx');
  // The middle of the file lies in the largest layer's weights.
  const damaged = Buffer.from(bytes).fill(0x3f, bytes.length >> 1, (bytes.length >> 1) + 4000);
  await bench.open();
  await bench.pick({ name: 'whole.onnx', bytes }, { name: 'damaged.onnx', bytes: damaged });
  await bench.raceFor('for 4 seconds');
  await bench.race();
  await new Verdicts(page).say(
    'wrong',
    /is wrong, however fast it is: outputs differ by .*% of their size/,
  );
  await expect(page.locator('[data-lane][data-correctness="wrong"]')).toHaveAttribute(
    'data-right',
    'false',
  );
  await expect(bench.headline).not.toContainText('times as fast');
});
