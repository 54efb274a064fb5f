import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { modelOf, node, value } from '../../core/onnx/build.ts';
import { TensorProto_DataType as T, TensorProto_DataLocation } from '../../core/onnx/onnx_pb.ts';
import { modelParts } from '../../core/onnx/write.ts';
import { FakeWorkers } from '../../engine/worker/workers.testing.ts';
import { bench } from './bench.ts';
import { addFiles } from './drop.ts';

const workers = new FakeWorkers();
beforeEach(() => vi.stubGlobal('Worker', workers.Worker));
afterEach(() => {
  expect(workers.running).toEqual([]);
  vi.unstubAllGlobals();
});

const digits = readFileSync('public/models/digits-fp32.onnx');

test('files count as being read until each is in or refused, so that no race begins before', async () => {
  const seen: (readonly string[])[] = [];
  const end = bench.subscribe(({ reading }, before) => {
    if (reading !== before.reading) seen.push(reading);
  });
  const added = addFiles([new File([digits], 'mine.onnx'), new File(['no model'], 'bad.onnx')]);
  expect(bench.getState().reading).toEqual(['mine.onnx', 'bad.onnx']);
  await added;
  end();
  expect(seen).toEqual([['mine.onnx', 'bad.onnx'], ['bad.onnx'], []]);
  expect(bench.getState().models.map(({ title }) => title)).toEqual(['mine']);
  expect(bench.getState().refusal?.message).toContain('bad.onnx');
});

test('a model that draws random numbers is known by it', async () => {
  const noisy = modelOf({
    name: 'noisy',
    input: [value('x', T.FLOAT, 4)],
    node: [node('RandomNormalLike', ['x'], ['y'])],
    output: [value('y', T.FLOAT, 4)],
  });
  await addFiles([new File(modelParts(noisy) as BlobPart[], 'noisy.onnx')]);
  const [variant] = bench.getState().models.at(-1)?.variants ?? [];
  expect(variant?.random).toEqual({ operator: 'RandomNormalLike', node: 'RandomNormalLike_y' });
});

test('of two files of one name, both are waited for', async () => {
  const added = [1, 2].map(() => addFiles([new File(['no model'], 'same.onnx')]));
  expect(bench.getState().reading).toEqual(['same.onnx', 'same.onnx']);
  await Promise.all(added);
  expect(bench.getState().reading).toEqual([]);
});

test('a file of another format is refused for its format', async () => {
  await addFiles([new File(['PNG'], 'photo.png')]);
  expect(bench.getState().refusal).toMatchObject({
    name: 'ModelFormatError',
    message: 'photo.png is not an .onnx file.',
  });
});

/** A model of 1,000 weights that lie in another file. */
const outside = modelOf({
  name: 'outside',
  input: [value('x', T.FLOAT, 1000)],
  node: [node('Add', ['x', 'w'], ['y'])],
  output: [value('y', T.FLOAT, 1000)],
  initializer: [
    {
      name: 'w',
      dims: [1000n],
      dataType: T.FLOAT,
      dataLocation: TensorProto_DataLocation.EXTERNAL,
      externalData: [{ key: 'location', value: 'weights.bin' }],
    },
  ],
});

test('a variant is as large as its file and the weights beside it, not what else was dropped', async () => {
  const header = new File(modelParts(outside) as BlobPart[], 'outside.onnx');
  const weights = new File([new Uint8Array(4000)], 'weights.bin');
  await addFiles([header, weights, new File([new Uint8Array(99)], 'notes.txt')]);
  expect(bench.getState().refusal).toBeNull();
  expect(bench.getState().models.at(-1)?.variants[0]?.bytes).toBe(header.size + 4000);
});
