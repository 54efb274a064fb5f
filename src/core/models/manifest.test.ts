import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackDigits } from '../../tasks/digit/core/digit.ts';
import { readModel } from '../onnx/read.ts';
import type { Stated } from '../schema/shipped.ts';
import { answerOutput } from '../tasks/answers.ts';
import { taskKind } from '../tasks/register.ts';
import { inputSpecs } from '../tasks/specs.ts';
import { readManifest } from './manifest.ts';
import type { Model, SamplePack } from './model.ts';
import { summarise } from './summary.ts';
import { zooFile, zooManifest } from './zoo.testing.ts';

const models = readManifest(zooManifest());

const statedOf = (model: Model): Stated[] => [
  ...model.variants.flatMap(({ source, bytes }) =>
    source.kind === 'zoo' ? [{ file: source.file, sha256: source.sha256, bytes }] : [],
  ),
  ...[model.samples, model.preview].filter((pack): pack is SamplePack => pack !== undefined),
  ...(taskKind(model.task).files?.(model) ?? []),
];

describe('the zoo that ships', () => {
  it.each(models.flatMap(statedOf))('has $file as stated', ({ file, bytes, sha256 }) => {
    const data = zooFile(file);
    expect(data.length).toBe(bytes);
    expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
  });

  const files = models.flatMap(({ task, variants }) =>
    variants.map((variant) => ({ ...variant, task, file: variant.source.file })),
  );
  it.each(files)(
    'tells the operators and precision of $file, and what it takes and gives',
    ({ file, operators, precision, task }) => {
      const summary = summarise(readModel(zooFile(file), file));
      expect(summary.operators).toEqual(operators);
      expect(summary.precision).toBe(precision);
      expect(summary.inputs.map(({ name }) => name)).toEqual(
        inputSpecs(task).map(({ name }) => name),
      );
      expect(summary.outputs.map(({ name }) => name)).toContain(answerOutput(task));
    },
  );

  it('gives digits three exits', () => {
    const [fp32] = models[0]?.variants ?? [];
    const file = fp32?.source.file ?? '';
    const { inputs, outputs } = summarise(readModel(zooFile(file), file));
    expect(inputs).toEqual([{ name: 'image', type: 'float32', shape: ['batch', 1, 28, 28] }]);
    expect(outputs.map(({ name }) => name)).toEqual(['logits', 'exit1', 'exit2']);
  });

  it('has 2,000 labelled digits, 200 of each', () => {
    const pack = models[0]?.samples;
    if (!pack) throw new Error('Digits come with samples.');
    const { labels } = unpackDigits(gunzipSync(zooFile(pack.file)), pack.count);
    const counts = Array.from({ length: 10 }, (_, digit) =>
      labels.reduce((sum, label) => sum + Number(label === digit), 0),
    );
    expect(counts).toEqual(new Array(10).fill(200));
    expect(pack.bytes).toBeLessThan(400_000);
  });

  it('reaches the accuracy that the recipe promises', () => {
    const [fp32, int8] = models[0]?.variants ?? [];
    expect(fp32?.accuracy?.value).toBeGreaterThanOrEqual(0.99);
    expect(fp32?.accuracy?.of).toBe(10_000);
    const lost = (fp32?.accuracy?.value ?? 1) - (int8?.accuracy?.value ?? 0);
    expect(lost).toBeLessThanOrEqual(0.003);
  });
});

describe('a manifest that is wrong', () => {
  it.each([
    [
      'another version',
      (it: ReturnType<typeof zooManifest>) => Object.assign(it, { version: 2 }),
      'version',
    ],
    [
      'a path out of the folder',
      (it: ReturnType<typeof zooManifest>) => {
        it.models[0].variants[0].file = '../../secret';
        return it;
      },
      'models.0.variants.0.file',
    ],
    [
      'a missing field',
      (it: ReturnType<typeof zooManifest>) => {
        delete it.models[0].variants[1].sha256;
        return it;
      },
      'models.0.variants.1.sha256',
    ],
    ['not an object', () => 'hello', 'the file itself'],
  ])('%s is refused by name', (_, change, field) => {
    expect(() => readManifest(change(zooManifest()))).toThrow(
      expect.objectContaining({ name: 'ManifestError', message: expect.stringContaining(field) }),
    );
  });
});

/** The manifest with another file for its first variant. */
const withFile = (file: string) => {
  const changed = zooManifest();
  changed.models[0].variants[0].file = file;
  return changed;
};

it.each(['/etc/passwd', 'a/b.onnx', '..\\a.onnx', 'https://x.test/a', 'a.onnx?x', '%2e%2e', ''])(
  'a file called "%s" is refused',
  (file) => {
    expect(() => readManifest(withFile(file))).toThrow(/models\.0\.variants\.0\.file/);
  },
);

// They lead to the folder above or to the models' folder.
it.each(['..', '.'])('a file called "%s" is refused', (file) => {
  expect(() => readManifest(withFile(file))).toThrow(/models\.0\.variants\.0\.file/);
});
