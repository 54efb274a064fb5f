import { describe, expect, it } from 'vitest';
import { cutFrames } from './frames.ts';
import { streamFeeds, timedFeed } from './stream.ts';
import { SILERO } from './testing.ts';

const sound = Float32Array.from({ length: 5 * 512 }, (_, i) => i / 5000);
const frames = cutFrames(SILERO, sound);

describe('streamFeeds', () => {
  it('has every frame in order, silence before the first, and carries the state', () => {
    const { count, inputs, recurrent, starts } = streamFeeds(SILERO, frames);
    expect([count, starts]).toEqual([5, undefined]);
    expect(recurrent).toEqual([{ output: 'stateN', input: 'state' }]);
    const [input, state] = inputs;
    expect(input?.data).toEqual(Float32Array.from(frames.flatMap((frame) => [...frame])));
    expect(state?.data.every((each) => each === 0)).toBe(true);
  });
});

describe('timedFeed', () => {
  it('is the middle frame alone', () => {
    const { count, inputs, recurrent } = timedFeed(SILERO, frames);
    expect([count, recurrent]).toEqual([1, undefined]);
    expect(inputs[0]?.data).toEqual(frames[2]);
    expect(inputs[1]?.data).toEqual(new Float32Array(256));
  });

  it('takes the only frame of a short sound', () => {
    expect(timedFeed(SILERO, frames.slice(0, 1)).inputs[0]?.data).toEqual(frames[0]);
  });
});
