import { expect, test } from './fixtures.ts';

test('WebGPU writes the character that WASM writes', async ({ bench, page }) => {
  await bench.open();
  await bench.chooseModel('Reasoner');
  await bench.chooseLane('fp32, WebGPU');
  await bench.raceFor('for 4 seconds');
  await bench.race();
  const lane = bench.lane('fp32-webgpu');
  await expect(lane).toHaveAttribute('data-lane-state', 'finished');
  await expect(lane).toHaveAttribute('data-correctness', 'right');
  await expect(lane).toContainText(/GPU [\d.]+ [KM]B/);
  const likeliest = (id: string) =>
    page.locator(`[data-answers="${id}"]`).getByRole('listitem').first();
  await expect(likeliest('fp32-webgpu')).toHaveText(
    (await likeliest('fp32-wasm').textContent()) ?? '',
  );
});
