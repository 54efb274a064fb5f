import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { zooFile, zooModel } from '../../core/models/zoo.testing.ts';
import { resample } from '../../core/sound/resample.ts';
import { readWav } from '../../core/sound/wav.ts';
import type { FeedSet, OutputTensor } from '../../core/tensors/tensors.ts';
import { agreement, judge } from './core/agreement.ts';
import { cutFrames, type Hearing, listen, readAnswer, speechFeeds } from './core/frames.ts';
import { speechModel } from './core/kind.ts';
import { speechSegments } from './core/segments.ts';
import type { SpeechClip } from './core/task.ts';

ort.env.wasm.numThreads = 1;

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));
const jsonOf = (path: string): unknown => JSON.parse(bytesOf(path).toString());

const { task, clips = [], variants } = speechModel(zooModel('speech', 'speech'));

/** What the original package says of each clip: [start, end] in samples. */
interface Original {
  readonly probabilities: readonly number[];
  readonly timestamps: readonly (readonly [number, number])[];
}
const original = jsonOf('./core/fixtures/clips.json') as Record<string, Original>;
const originalOf = (clip: SpeechClip) => original[clip.id] as Original;

type Run = (feed: FeedSet) => Promise<readonly OutputTensor[]>;

async function runOf(id: string): Promise<Run> {
  const file = variants.find((variant) => variant.id === id)?.source.file ?? '';
  const session = await ort.InferenceSession.create(zooFile(file));
  return async ({ inputs }) => {
    const feeds = inputs.map(({ name, data, dims }) => [
      name,
      new ort.Tensor('float32', data as Float32Array, dims),
    ]);
    const results = await session.run(Object.fromEntries(feeds));
    return Object.entries(results).map(([name, { dims, data }]) => ({
      name,
      dims,
      data: data as Float32Array,
    }));
  };
}

const soundOf = (clip: SpeechClip) => {
  const { samples, sampleRate } = readWav(zooFile(clip.file));
  expect(sampleRate).toBe(clip.sampleRate);
  return resample(samples, sampleRate, task.sampleRate);
};

const hear = (run: Run, clip: SpeechClip) => listen(task, cutFrames(task, soundOf(clip)), run);

let reference: Run;
const heard = new Map<string, Hearing>();

beforeAll(async () => {
  reference = await runOf('fp32');
  for (const clip of clips) heard.set(clip.id, await hear(reference, clip));
}, 60_000);

const heardOf = (clip: SpeechClip) => heard.get(clip.id) as Hearing;

describe('fp32 behind our own framing', () => {
  it.each(clips)('says of $id what the original package says, within 1e-4', (clip) => {
    const { probabilities } = originalOf(clip);
    const { largest, of } = agreement(task, heardOf(clip).probabilities, probabilities);
    expect(largest).toBeLessThan(1e-4);
    expect(of).toBe(Math.ceil((clip.seconds * task.sampleRate) / task.frame));
  });

  it.each(clips)('finds the segments of $id that the original finds', (clip) => {
    const { probabilities } = heardOf(clip);
    const found = speechSegments(task, probabilities, soundOf(clip).length);
    const rate = task.sampleRate;
    const samples = found.map(({ start, end }) => [start * rate, end * rate].map(Math.round));
    expect(samples).toEqual(originalOf(clip).timestamps);
  });

  it.each(clips)('hears at least nine frames of ten of $id rightly', (clip) => {
    const { right, of } = judge(task, heardOf(clip).probabilities, clip.speech);
    expect(right / of).toBeGreaterThan(0.9);
  });

  it('says the same of frames that stand alone, with the states of a reference', async () => {
    const [clip] = clips as [SpeechClip];
    const { states, probabilities } = heardOf(clip);
    const frames = cutFrames(task, soundOf(clip));
    for (const i of [0, 30, 100, frames.length - 1]) {
      const feeds = speechFeeds(task, frames.slice(i, i + 1), states.slice(i, i + 1));
      expect(readAnswer(task, await reference(feeds)).probability).toBe(probabilities[i]);
    }
  });
});

/** How far a variant's answers to clips lie from fp32's, each with its own state going round. */
async function stream(id: string, which: readonly SpeechClip[] = clips) {
  const run = await runOf(id);
  const all: number[] = [];
  for (const clip of which) all.push(...(await hear(run, clip)).probabilities);
  return agreement(
    task,
    all,
    which.flatMap((clip) => heardOf(clip).probabilities),
  );
}

// Hundreds of inferences in each: a busy machine may take longer than vitest's 5 s.
describe('the other variants', { timeout: 60_000 }, () => {
  it('answers the same with control flow', async () => {
    expect((await stream('fp32-if')).largest).toBeLessThan(1e-5);
  });

  it('answers nearly the same in fp16', async () => {
    expect((await stream('fp16')).largest).toBeLessThan(0.02);
  });

  it('takes the same side nearly always in int8', async () => {
    const { sameSide, of } = await stream('int8');
    expect(sameSide / of).toBeGreaterThan(0.96);
  });

  it('loses voices in noise by one scale for all channels, but not with the last convolution kept', async () => {
    const noisy = clips.filter(({ id }) => id === 'noise');
    const share = async (id: string) => {
      const { sameSide, of } = await stream(id, noisy);
      return sameSide / of;
    };
    expect(await share('int8-dynamic')).toBeLessThan(0.85);
    expect(await share('int8-kept')).toBeGreaterThan(0.95);
  });
});
