import { readFileSync } from 'node:fs';
import { toBinary } from '@bufbuild/protobuf';
import { modelOf, node, value } from '../src/core/onnx/build.ts';
import {
  ModelProtoSchema,
  TensorProto_DataType as T,
  TensorProto_DataLocation,
} from '../src/core/onnx/onnx_pb.ts';
import { deeplyNested } from '../src/core/onnx/testing.ts';
import { modelBytes } from './bench.page.ts';
import { expect, test } from './fixtures.ts';

test('the first visit says what the default model needs', async ({ inspect }) => {
  await inspect.open();
  await expect(inspect.summary).toContainText('One inference takes 6.90 M multiply-accumulates');
  await expect(inspect.page.getByText('96.8 k parameters')).toBeVisible();
});

test('another size of a dynamic dimension changes all costs', async ({ inspect, page }) => {
  await inspect.open();
  await page.getByLabel('Size of batch').fill('4');
  await expect(inspect.summary).toContainText('One inference takes 27.6 M multiply-accumulates');
});

test('profiles tell which nodes ran as QLinearConv and which as float', async ({ inspect }) => {
  await inspect.open();
  await inspect.profileRun();
  await expect(inspect.profile).toContainText('ran as float');
  await inspect.byNode();
  await expect(inspect.nodes.filter({ hasText: /QLinearConv/ })).toHaveCount(0);
  await expect(inspect.nodes.filter({ hasText: /Conv/ })).toHaveCount(5);

  await inspect.choose('Digits, int8');
  await inspect.profileRun();
  await expect(inspect.profile).toContainText(/ran as int8/);
  await inspect.byNode();
  await expect(inspect.nodes.filter({ hasText: /^QLinearConv/ })).toHaveCount(5);
  await expect(inspect.nodes.filter({ hasText: /^QLinearConv/ }).first()).toContainText('int8');
  await expect(inspect.page.getByText('Nothing was copied between')).toBeVisible();
});

test('a profile is saved as a trace that other tools open', async ({ inspect, page }) => {
  await inspect.open();
  await inspect.profileRun();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a trace for Perfetto' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^Digits-fp32-wasm-\d+\.trace\.json$/);
  const { traceEvents } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const names = traceEvents.map(({ name }: { name: string }) => name);
  expect(names.length).toBeGreaterThan(100);
});

test('the roofline is drawn from ceilings measured here, and kept', async ({ inspect, page }) => {
  await inspect.open();
  await inspect.profileRun();
  await expect(inspect.roofline).toHaveAttribute('data-roofline', 'unmeasured');
  await inspect.measureCeilings();
  await expect(inspect.roofline).toContainText(/of the [\d.]+ that this device’s/);
  await expect(page.getByRole('img', { name: /^Roofline with .* GB\/s/ })).toBeVisible();
  await page.reload();
  await inspect.profileRun();
  await expect(inspect.roofline).toHaveAttribute('data-roofline', 'measured');
});

test('fp32 and int8 side by side show what quantization put in', async ({ inspect, page }) => {
  await inspect.open();
  await inspect.compareWith('Digits, int8');
  await expect(inspect.comparison).toContainText('only in Digits, int8');
  const rows = page.getByRole('region', { name: 'Nodes compared' });
  await expect(rows.getByText('QuantizeLinear').first()).toBeVisible();
  await expect(page.getByRole('row', { name: /^Parameters 96.8 k 96.8 k same/ })).toBeVisible();
});

const x = value('x', T.FLOAT, 2, 3);
const bytesOf = (...args: Parameters<typeof modelOf>) =>
  toBinary(ModelProtoSchema, modelOf(...args));
const whole = modelBytes('digits-fp32.onnx');

const REFUSED: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['no protobuf', Buffer.from('<!doctype html>'), /is not a complete ONNX file: its 15 bytes/],
  ['protobuf, but no ONNX', Uint8Array.of(0x08, 0x07), /holds no ONNX graph/],
  ['cut short', whole.subarray(0, whole.length >> 1), /is not a complete ONNX file/],
  [
    'cyclic',
    bytesOf({ node: [node('A', ['b'], ['a']), node('B', ['a'], ['b'])] }),
    /cyclic: B_b and A_a/,
  ],
  [
    'without a tensor that it reads',
    bytesOf({ input: [x], node: [node('Add', ['x', 'gone'], ['y'])] }),
    /"gone"/,
  ],
  [
    'of absurd size',
    bytesOf({ input: [value('x', T.FLOAT, 2 ** 62)], node: [node('Relu', ['x'], ['y'])] }),
    /4611686018427387904/,
  ],
  ['10,000 graphs deep', deeplyNested(10_000), /more than 300 messages deep/],
];

for (const [what, bytes, message] of REFUSED) {
  test(`a file that is ${what} is refused with the value, and the page stays usable`, async ({
    inspect,
  }) => {
    await inspect.open();
    await inspect.pick({ name: 'bad.onnx', bytes });
    await expect(inspect.alert).toContainText(message);
    await inspect.choose('Digits, fp32');
    await expect(inspect.alert).toHaveCount(0);
  });
}

test('weights in another file are asked for by name, and found when given', async ({ inspect }) => {
  const outside = {
    name: 'w',
    dims: [3n],
    dataType: T.FLOAT,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: [{ key: 'location', value: 'weights.bin' }],
  };
  const model = {
    name: 'outside.onnx',
    bytes: bytesOf({
      input: [x],
      node: [node('Add', ['x', 'w'], ['y'])],
      output: [value('y', T.FLOAT, 2, 3)],
      initializer: [outside],
    }),
  };
  await inspect.open();
  await inspect.pick(model);
  await expect(inspect.alert).toContainText('weights.bin');
  await expect(inspect.summary).toContainText('6 operations');
  await inspect.pick(model, { name: 'weights.bin', bytes: new Uint8Array(12) });
  await expect(inspect.alert).toHaveCount(0);
  const size = `outside.onnx with weights.bin, ${model.bytes.length + 12} B`;
  await expect(inspect.page.getByText(size)).toBeVisible();
  await inspect.profileRun();
});

test('sizes that depend on the data are learned from a run', async ({ inspect, page }) => {
  await inspect.open();
  await inspect.pick({
    name: 'nonzero.onnx',
    bytes: bytesOf({
      input: [x],
      node: [
        node('NonZero', ['x'], ['places']),
        node('Cast', ['places'], ['floats'], { to: T.FLOAT }),
        node('Relu', ['floats'], ['y']),
      ],
      output: [value('y', T.FLOAT, 2, 'found')],
    }),
  });
  const open = page.getByText('The size of 3 of 3 tensors is not known before a run.');
  await expect(open).toBeVisible();
  await page.getByRole('button', { name: 'Run it once to learn the sizes of 3 tensors' }).click();
  await expect(open).toBeHidden();
  // Random inputs are never 0: six places of two indices each.
  await expect(inspect.summary).toContainText('One inference takes 12 operations');
});

test('files without a model among them are named', async ({ inspect }) => {
  await inspect.open();
  await inspect.pick({ name: 'photo.png', bytes: Uint8Array.of(1) });
  await expect(inspect.alert).toContainText('None of these is an .onnx file: photo.png.');
});
