import { expect, test } from './fixtures.ts';

test('fp32 and int8 weights run wholly on WebGPU, with right answers', async ({ bench, page }) => {
  await bench.open();
  await expect(page.getByText(/software adapter/).first()).toBeVisible();
  await bench.chooseLane('fp32, WebGPU');
  await bench.chooseLane('int8 weights, WebGPU');
  await bench.raceFor('for 30 rounds');
  await bench.race();
  for (const id of ['fp32-webgpu', 'int8w-webgpu']) {
    const lane = bench.lane(id);
    await expect(lane).toHaveAttribute('data-lane-state', 'finished');
    await expect(lane).toHaveAttribute('data-correctness', 'right');
    await expect(lane).toContainText(/all \d+ nodes on the GPU/);
    await expect(lane).toContainText(/GPU [\d.]+ [KM]B/);
  }
});

test('static int8 on WebGPU says that it falls back, before and after', async ({ bench, page }) => {
  await bench.open();
  await bench.chooseLane(/^int8, WebGPU/);
  await expect(page.getByText(/Expected slow: \d+ nodes have no WebGPU kernel/)).toBeVisible();
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await expect(bench.lane('int8-webgpu')).toHaveAttribute('data-lane-state', 'finished');
  await expect(bench.lane('int8-webgpu')).toContainText(
    /fell back: \d+ of \d+ nodes ran on the CPU/,
  );
});

test('a profile tells GPU from CPU, and what crossed between them', async ({ inspect, page }) => {
  await inspect.open();
  await inspect.choose('Digits, int8');
  await page.getByLabel('Run on').selectOption('WebGPU');
  await inspect.profileRun();
  await expect(page.getByText(/nodes ran on WebGPU/)).toBeVisible();
  await expect(page.getByText(/went from the GPU to the CPU in \d+ cop/)).toBeVisible();
  await inspect.byNode();
  await expect(inspect.nodes.filter({ hasText: 'WebGPU' }).first()).toBeVisible();
  await inspect.measureCeilings();
  await expect(page.getByRole('img', { name: /^Roofline with .* GB\/s/ })).toBeVisible();
});
