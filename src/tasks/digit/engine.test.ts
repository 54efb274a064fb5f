import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, expect, it } from 'vitest';
import { argmax } from '../../core/classes/classify.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import { digitAt, digitFeeds, unpackDigits } from './core/digit.ts';
import { digitInPicture } from './core/photo/digitPhoto.ts';
import { mnistInk, penInk, photoOf, WRITTEN } from './core/photo/testing.ts';

ort.env.wasm.numThreads = 1;

const bytesOf = (file: string) =>
  readFileSync(new URL(`../../../public/models/${file}`, import.meta.url));

let session: ort.InferenceSession;
beforeAll(async () => {
  session = await ort.InferenceSession.create(bytesOf('digits-fp32.onnx'));
});

/** What the network names in a photo; null where no digit is found. */
async function namedIn(picture: Picture): Promise<number | null> {
  const image = digitInPicture(picture);
  if (!image) return null;
  const [input, output] = [session.inputNames[0] as string, session.outputNames.at(-1) as string];
  const data = digitFeeds(input, image, 1).inputs[0]?.data as Float32Array;
  const answer = await session.run({ [input]: new ort.Tensor('float32', data, [1, 1, 28, 28]) });
  return argmax(answer[output]?.data as Float32Array);
}

/** Measured over every 20th of the 2,000 test images: 99 of 100 are named right. */
it('names MNIST’s digits in photos with little light, faint ink, noise and a table’s edge', async () => {
  const pack = unpackDigits(gunzipSync(bytesOf('digits-samples-20.bin')), 20);
  const scene = { light: 0.3, contrast: 0.4, noise: 12, table: 100 };
  let right = 0;
  for (const [i, label] of pack.labels.entries()) {
    const picture = photoOf(mnistInk(digitAt(pack, i)), { ...scene, seed: i });
    right += Number((await namedIn(picture)) === label);
  }
  expect(right / pack.count).toBeGreaterThanOrEqual(0.95);
}, 60_000);

/** Measured: all ten, with pens of 1.2% to 12% of the square's side. */
it('names digits written with a thin pen', async () => {
  const named: (number | null)[] = [];
  for (const lines of WRITTEN) named.push(await namedIn(photoOf(penInk(lines, 0.015))));
  expect(named).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
}, 60_000);
