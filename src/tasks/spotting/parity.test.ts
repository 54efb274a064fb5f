import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it, vi } from 'vitest';
import type { Picture } from '../../core/pictures/picture.ts';
import { mapOf, type TextMap, textBoxes } from './core/decode.ts';
import { compareBoxes, mapIou } from './core/metric.ts';
import { spottingFeeds } from './core/prepare.ts';
import { mapFrom, type Original, pictureFrom, quadsOf, TASK } from './core/testing.ts';

ort.env.wasm.numThreads = 1;
vi.setConfig({ testTimeout: 60_000 });

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));
const fixture = bytesOf('./core/fixtures/original.json.gz');
const { whole } = JSON.parse(gunzipSync(fixture).toString()) as Original;

async function mapBy(variant: string, picture: Picture): Promise<TextMap> {
  const model = bytesOf(`../../../public/models/spotting-${variant}.onnx`);
  const session = await ort.InferenceSession.create(model);
  const [image] = spottingFeeds(TASK, [picture]).inputs;
  if (!image) throw new Error('No input.');
  const tensor = new ort.Tensor('float32', image.data as Float32Array, image.dims);
  const { [TASK.output]: map } = await session.run({ [TASK.input]: tensor });
  if (!map) throw new Error('No map.');
  await session.release();
  return mapOf({ name: TASK.output, dims: map.dims, data: map.data as Float32Array });
}

describe.each(whole)('text in a picture: $name', ({ picture: bytes, map, boxes }) => {
  const picture = pictureFrom(bytes);
  const theirs = quadsOf(boxes);
  const cornersIn = (found: TextMap) => textBoxes(found, picture, TASK).map((box) => box.corners);

  it('is where the original, as published, finds it', async () => {
    const ours = await mapBy('fp32', picture);
    const expected = mapFrom(map);
    const far = Array.from(ours.data).reduce(
      (most, share, i) => Math.max(most, Math.abs(share - Number(expected.data[i]))),
      0,
    );
    // The fixture holds 255ths.
    expect(far).toBeLessThan(0.5 / 255 + 1e-3);
    expect(compareBoxes(cornersIn(ours), theirs)).toEqual({
      matched: theirs.length,
      found: theirs.length,
      expected: theirs.length,
    });
  });

  it('is nearly there in int8 too', async () => {
    const ours = await mapBy('int8', picture);
    expect(mapIou(ours, mapFrom(map), TASK.threshold)).toBeGreaterThan(0.7);
    const { matched } = compareBoxes(cornersIn(ours), theirs);
    expect(matched / theirs.length).toBeGreaterThan(0.9);
  });
});
