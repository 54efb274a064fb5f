import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { topClasses } from '../../core/classes/classify.ts';
import { readLabels } from './core/decode.ts';
import { photoFeeds } from './core/preprocess.ts';
import { PhotoSamples } from './core/samples.ts';
import { PhotosTask } from './core/task.ts';
import { floatsOf, type OriginalPhotos, picturesOf } from './core/testing.ts';

ort.env.wasm.numThreads = 1;

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));
const jsonOf = (path: string): unknown => JSON.parse(bytesOf(path).toString());
const model = (file: string) => `../../../public/models/${file}`;

const Entry = v.object({
  task: PhotosTask,
  samples: PhotoSamples,
  variants: v.array(v.object({ id: v.string(), file: v.string() })),
});
const { models } = jsonOf(model('manifest.json')) as { models: { id: string }[] };
const { task, samples, variants } = v.parse(
  Entry,
  models.find(({ id }) => id === 'photos'),
);
const labels = readLabels(jsonOf(model(task.labels.file)), task.classes);

const FIXTURES = './core/fixtures';
const originals = jsonOf(`${FIXTURES}/photos.json`) as readonly OriginalPhotos[];
const pictures = picturesOf(gunzipSync(bytesOf(`${FIXTURES}/photos.bin.gz`)), originals);
const EXPECTED = originals.map(
  ({ file }) => samples.photos.find((photo) => photo.file === file)?.class,
);

/** From the decoded pixels to the logits of every picture. */
async function answersOf(file: string): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(bytesOf(model(file)));
  const { count, inputs } = photoFeeds(task, pictures);
  const data = inputs[0]?.data as Float32Array;
  const input = new ort.Tensor('float32', data, [count, 3, task.side, task.side]);
  const { [task.output]: output } = await session.run({ [task.input]: input });
  await session.release();
  const all = output?.data as Float32Array;
  return pictures.map((_, at) => all.slice(at * task.classes, (at + 1) * task.classes));
}

const differences = (ours: Float32Array, theirs: Float32Array) =>
  ours.map((logit, at) => Math.abs(logit - (theirs[at] as number)));

describe('photos from pixels to classes', () => {
  let fp32: Float32Array[];
  beforeAll(async () => {
    fp32 = await answersOf('photos-fp32.onnx');
  }, 60_000);

  it.each(originals.map(({ file, logits }, at) => [file, logits, at] as const))(
    'gives the logits of the original network in PyTorch: %s',
    (_, logits, at) => {
      const most = Math.max(...differences(fp32[at] as Float32Array, floatsOf(logits)));
      expect(most).toBeLessThanOrEqual(1e-3);
    },
  );

  it('has a name for the class of every sample photo that is said to have one', () => {
    const known = samples.photos.flatMap((photo) => photo.class ?? []);
    expect(known.length).toBeGreaterThanOrEqual(12);
    expect(known.filter((name) => !labels.includes(name))).toEqual([]);
  });

  it('names what a person sees', () => {
    expect(EXPECTED).toEqual(['tripod', 'espresso']);
    const first = fp32.map((logits) => topClasses(logits, labels)[0]?.label);
    expect(first).toEqual(EXPECTED);
  });

  it.each(variants.filter(({ id }) => id !== 'fp32'))(
    'names it as $id, too, with other logits',
    async ({ file }) => {
      const answers = await answersOf(file);
      expect(answers.map((logits) => topClasses(logits, labels)[0]?.label)).toEqual(EXPECTED);
      expect(answers).not.toEqual(fp32);
    },
    60_000,
  );
});
