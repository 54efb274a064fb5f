import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { cutFrames, FrameCutter, frameCount, listen, readAnswer, speechFeeds } from './frames.ts';
import { SILERO } from './testing.ts';

/** Samples that tell their place. */
const counted = (length: number) => Float32Array.from({ length }, (_, i) => i + 1);

const outputs = (probability: number, state: number): OutputTensor[] => [
  { name: 'output', dims: [1, 1], data: Float32Array.of(probability) },
  { name: 'stateN', dims: [2, 1, 128], data: new Float32Array(256).fill(state) },
];

describe('cutFrames', () => {
  it('puts the last 64 samples of the frame before in front, and zeros after the end', () => {
    const frames = cutFrames(SILERO, counted(1000));
    expect(frames).toHaveLength(2);
    expect([...(frames[0]?.slice(0, 66) ?? [])]).toEqual([...new Float32Array(64), 1, 2]);
    expect([...(frames[1]?.slice(62, 66) ?? [])]).toEqual([511, 512, 513, 514]);
    expect([...(frames[1]?.slice(550, 553) ?? [])]).toEqual([999, 1000, 0]);
  });

  it('makes nothing of nothing', () => {
    expect(cutFrames(SILERO, new Float32Array())).toEqual([]);
  });

  it('does not mind in which pieces sound arrives', () => {
    const pieces = fc.array(fc.integer({ min: 0, max: 1300 }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (lengths) => {
        const whole = counted(lengths.reduce((sum, length) => sum + length, 0));
        const cutter = new FrameCutter(SILERO);
        let at = 0;
        const frames = lengths.flatMap((length) => {
          at += length;
          return cutter.push(whole.subarray(at - length, at));
        });
        const last = cutter.flush();
        if (last) frames.push(last);
        expect(frames).toEqual(cutFrames(SILERO, whole));
        expect(frames).toHaveLength(frameCount(SILERO, whole.length));
      }),
      { numRuns: 30 },
    );
  });
});

describe('speechFeeds', () => {
  it('packs a frame and its state as one feed', () => {
    const frames = cutFrames(SILERO, counted(1024));
    const states = [new Float32Array(256), new Float32Array(256).fill(7)];
    const { count, inputs } = speechFeeds(SILERO, frames, states);
    expect(count).toBe(2);
    expect(inputs.map(({ name, dims, data }) => [name, dims, data.length])).toEqual([
      ['input', [1, 576], 1152],
      ['state', [2, 1, 128], 512],
    ]);
    expect(inputs[0]?.data[576]).toBe(449);
    expect(inputs[1]?.data[256]).toBe(7);
  });

  it('says what does not fit', () => {
    const frame = new Float32Array(576);
    expect(() => speechFeeds(SILERO, [frame], [])).toThrow('1 frames of sound need as many states');
    expect(() => speechFeeds(SILERO, [frame], [new Float32Array(255)])).toThrow(
      'State 0 holds 255 numbers; the model takes 256.',
    );
  });
});

describe('listen', () => {
  it('hands each frame the state that the one before left', async () => {
    const frames = cutFrames(SILERO, counted(3 * 512));
    let runs = 0;
    const heard = await listen(SILERO, frames, async ({ inputs }) => {
      expect(inputs[1]?.data[0]).toBe(runs);
      return outputs(runs / 10, ++runs);
    });
    expect(heard.probabilities.map((p) => Math.round(p * 10))).toEqual([0, 1, 2]);
    expect(heard.states.map(([first]) => first)).toEqual([0, 1, 2]);
  });

  it('says when a model answers something else', () => {
    expect(() => readAnswer(SILERO, [])).toThrow('The output "output" holds nothing');
    const half = outputs(0.5, 1).map((one) => ({ ...one, data: one.data.slice(0, 1) }));
    expect(() => readAnswer(SILERO, half)).toThrow('"stateN" holds 1 numbers');
  });
});
