import { expect, it } from 'vitest';
import { heardSound, MAX_SECONDS } from './sound.ts';
import { SILERO } from './testing.ts';

const silence = (samples: number) => new Float32Array(samples);

it('knows labels only where speech is known', () => {
  const known = heardSound(SILERO, silence(1024), [], 'Music');
  expect([...(known.labels ?? [])]).toEqual([0, 0]);
  expect(heardSound(SILERO, silence(1024), null, 'mine.wav').labels).toBeNull();
});

it('leaves out what is too long, and says so', () => {
  const most = MAX_SECONDS * SILERO.sampleRate;
  const { samples, cut, frames } = heardSound(SILERO, silence(most + 1), null, 'mine.wav');
  expect([samples.length, cut, frames.length]).toEqual([most, true, Math.ceil(most / 512)]);
  expect(heardSound(SILERO, silence(most), null, 'mine.wav').cut).toBe(false);
});

it('refuses what is shorter than a frame', () => {
  expect(() => heardSound(SILERO, silence(160), null, 'mine.wav')).toThrow(
    'mine.wav lasts 10 ms; the model hears 32 ms at a time.',
  );
});
