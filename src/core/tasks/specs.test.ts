import { expect, it } from 'vitest';
import { readManifest } from '../models/manifest.ts';
import { summarise } from '../models/summary.ts';
import { zooFile, zooManifest } from '../models/zoo.testing.ts';
import { readModel } from '../onnx/read.ts';
import { resolveShape, type TensorSpec } from '../tensors/tensors.ts';
import { inputSpecs, taskSizes } from './specs.ts';

const models = readManifest(zooManifest());

/** Sizes that are fixed in both must be the same. */
const fits = (ours: TensorSpec, declared: TensorSpec): boolean =>
  ours.name === declared.name &&
  ours.type === declared.type &&
  ours.shape.length === declared.shape.length &&
  ours.shape.every((dim, axis) => {
    const other = declared.shape[axis];
    return typeof dim === 'string' || typeof other === 'string' || dim === other;
  });

it.each(models)('states the inputs of $id as its file declares them', ({ task, variants }) => {
  const file = variants[0]?.source.file ?? '';
  const declared = summarise(readModel(zooFile(file), file)).inputs;
  const specs = inputSpecs(task);
  expect(specs.map(({ name }) => name)).toEqual(declared.map(({ name }) => name));
  specs.forEach((spec, i) => {
    expect(fits(spec, declared[i] as TensorSpec), JSON.stringify([spec, declared[i]])).toBe(true);
  });
});

it.each(models)('gives the file of $id sizes at which it takes them', ({ task, variants }) => {
  const file = variants[0]?.source.file ?? '';
  const declared = summarise(readModel(zooFile(file), file)).inputs;
  const sizes = taskSizes(task);
  inputSpecs(task).forEach((spec, i) => {
    const theirs = resolveShape(declared[i] as TensorSpec, sizes);
    // Where both are free, either goes.
    const ours = spec.shape.map((dim, axis) => (typeof dim === 'number' ? dim : theirs[axis]));
    expect(theirs).toEqual(ours);
  });
});
