import { test } from './fixtures.ts';
import { Verdicts } from './verdicts.page.ts';

test('int8 on a GPU that the processor plays: meaningless, fallen back, and full of copies', async ({
  bench,
  page,
}) => {
  const verdicts = new Verdicts(page);
  await bench.open();
  await bench.chooseLane(/^int8, WebGPU/);
  await bench.raceFor('for 30 rounds');
  await bench.race();
  await verdicts.say('software-adapter', 'says nothing about any GPU');
  await verdicts.say('fell-back', /\d+ of \d+ nodes of int8 on WebGPU ran on the CPU/);
  await verdicts.lookInside('int8, WebGPU');
  await verdicts.say('copies', /makes \d+ copies of [\d.]+ [KM]?B between GPU and CPU/);
});
