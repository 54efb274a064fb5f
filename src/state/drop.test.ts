import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { addFiles } from './drop.ts';

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

test('of two files of one name, both are waited for', async () => {
  const added = [1, 2].map(() => addFiles([new File(['no model'], 'same.onnx')]));
  expect(bench.getState().reading).toEqual(['same.onnx', 'same.onnx']);
  await Promise.all(added);
  expect(bench.getState().reading).toEqual([]);
});
