import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutFrames } from './frames.ts';
import { LiveSound, type SpeechAnswer, speechAnswers } from './live.ts';
import { SILERO } from './testing.ts';

const soundOf = (sampleRate = 16_000) => new LiveSound(SILERO, { sampleRate, clock: () => 0 });

/** Every frame that waits. */
function drain(sound: LiveSound) {
  const frames = [];
  for (let frame = sound.take(); frame; frame = sound.take()) frames.push(frame);
  return frames;
}

const ramp = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i / 7));

const stateOf = (size: number, value: number) => ({
  name: SILERO.stateOutput,
  dims: [size],
  data: new Float32Array(size).fill(value),
});
const probability = (value: number) => ({
  name: SILERO.output,
  dims: [1, 1],
  data: Float32Array.of(value),
});

describe('live sound', () => {
  it('is the same frames, in whatever pieces it comes', () => {
    const samples = ramp(16_000);
    const whole = cutFrames(SILERO, samples).slice(0, -1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 8 }), (pieces) => {
        const sound = soundOf();
        const inputs: unknown[] = [];
        let at = 0;
        for (const piece of pieces) {
          sound.push(samples.subarray(at, at + piece), at);
          at += piece;
          for (const { feeds } of drain(sound)) inputs.push(feeds?.('a').inputs[0]?.data);
        }
        expect(inputs).toEqual(whole.slice(0, inputs.length));
        expect(inputs.length).toBe(Math.floor(Math.min(at, samples.length) / SILERO.frame));
      }),
      { numRuns: 20 },
    );
  });

  it('knows when each frame arrived by when the last of its samples did', () => {
    const sound = soundOf();
    sound.push(ramp(3 * SILERO.frame), 1000);
    expect(drain(sound).map(({ at }) => at)).toEqual([936, 968, 1000]);
  });

  it('drops what has waited for half a second, the oldest first, and says so', () => {
    const sound = soundOf();
    sound.push(ramp(20 * SILERO.frame), 1000);
    const frames = drain(sound);
    expect(frames).toHaveLength(15);
    expect(frames[0]?.offered).toBe(6);
    expect(frames[1]?.offered).toBe(1);
    expect(frames.at(-1)?.at).toBe(1000);
  });

  it('lets every lane go on from the state that it left itself', () => {
    const sound = soundOf();
    sound.push(ramp(2 * SILERO.frame), 0);
    const [first, second] = drain(sound);
    const given = (lane: string) => second?.feeds?.(lane).inputs[1]?.data[0];
    expect(first?.read('a', [probability(0.9), stateOf(256, 1)])).toEqual({
      probability: expect.closeTo(0.9),
      threshold: 0.5,
    });
    first?.read('b', [probability(0.1), stateOf(256, 2)]);
    expect(['a', 'b', 'c'].map(given)).toEqual([1, 2, 0]);
    sound.restart();
    expect(given('a')).toBe(0);
  });

  it('shows the last second, whatever rate it came in', () => {
    const sound = soundOf(48_000);
    sound.push(ramp(48_000), 1000);
    const shown = drain(sound).at(-1)?.shown;
    if (shown?.kind !== 'sound') throw new Error('no sound');
    const recent = shown.recent();
    expect(recent).toHaveLength(16_000);
    expect(recent.subarray(-SILERO.frame)).toEqual(shown.samples);
    expect(shown.speech).toBeNull();
  });
});

describe('whether two lanes hear the same', () => {
  const { same, words } = speechAnswers;
  const speech = (probability: number): SpeechAnswer => ({ probability, threshold: 0.5 });

  it('is a matter of the side of the threshold, whoever is asked first', () => {
    const answers = fc.double({ min: 0, max: 1, noNaN: true }).map(speech);
    fc.assert(
      fc.property(answers, answers, (a, b) => {
        expect(same(a, a)).toBe(true);
        expect(same(a, b)).toBe(same(b, a));
      }),
    );
    expect(same(speech(0.5), speech(0.99))).toBe(true);
    expect(same(speech(0.49), speech(0.5))).toBe(false);
  });

  it('is never so of what is no number', () => {
    expect(same(speech(Number.NaN), speech(Number.NaN))).toBe(false);
  });

  it('is said in a few words', () => {
    expect([speech(0.974), speech(0.1), speech(Number.NaN)].map(words)).toEqual([
      'speech, 0.974',
      'no speech, 0.100',
      'no number',
    ]);
  });
});
