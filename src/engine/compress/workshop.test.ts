import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { readModel } from '../../core/onnx/read.ts';
import type { CompressRequest } from '../protocol.ts';
import { makeFile, proofFiles } from './workshop.ts';

vi.mock('../../core/onnx/read.ts', async (original) => {
  const real = await original<typeof import('../../core/onnx/read.ts')>();
  return { ...real, readModel: vi.fn(real.readModel) };
});
beforeEach(() => void vi.mocked(readModel).mockClear());

const digits = new Blob([readFileSync('public/models/digits-fp32.onnx')]);
const files = { file: 'digits.onnx', model: digits, external: [] };
const request: CompressRequest = {
  files,
  recipe: {
    version: 1,
    title: 'Dynamic int8',
    steps: [{ technique: 'dynamic-int8', options: {} }],
  },
  inputs: null,
  runtime: { build: 'wasm', runtime: new Blob() },
  threads: 1,
};
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const make = () =>
  makeFile(
    request,
    async () => null,
    () => {},
  );

it('parses the model once, for the variant and for all that its proof runs', async () => {
  const made = await make();
  expect(vi.mocked(readModel)).toHaveBeenCalledTimes(1);
  expect(made.summary).toMatchObject({ precision: 'int8' });
  expect(made.summary.operators['DynamicQuantizeLinear']).toBeGreaterThan(0);
  if (!('probes' in made.proof.layers)) throw new Error(made.proof.layers.message);
  expect(made.proof.layers.probes.length).toBeGreaterThan(5);
});

it('makes the same parts of a proof as from both files, which are parsed once each', async () => {
  const made = await make();
  vi.mocked(readModel).mockClear();
  const variant = { file: 'int8.onnx', model: made.file, external: [] };
  const again = await proofFiles(files, variant);
  expect(vi.mocked(readModel)).toHaveBeenCalledTimes(2);
  expect(await bytesOf(again.named)).toEqual(await bytesOf(made.proof.named));
  const [one, other] = [again.layers, made.proof.layers];
  if (!('probes' in one) || !('probes' in other)) throw new Error('The two fit into one model.');
  expect(one.probes).toEqual(other.probes);
  expect(await bytesOf(one.model)).toEqual(await bytesOf(other.model));
});
