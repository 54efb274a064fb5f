import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readWav } from './wav.ts';
import { writeWav } from './wavWrite.ts';

it('is read again, to half a step of 16 bits', () => {
  const sound = fc.float32Array({ noNaN: true, min: -1, max: 1 });
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 96_000 }), (samples, sampleRate) => {
      const read = readWav(writeWav({ samples, sampleRate }));
      expect(read.sampleRate).toBe(sampleRate);
      expect(read.samples).toHaveLength(samples.length);
      read.samples.forEach((sample, i) => {
        // 1 itself is one step above the largest.
        expect(Math.abs(sample - (samples[i] as number))).toBeLessThanOrEqual(1 / 32768);
      });
    }),
  );
});

it('clips what is too loud', () => {
  const { samples } = readWav(writeWav({ samples: Float32Array.of(3, -3), sampleRate: 16_000 }));
  expect([...samples]).toEqual([32767 / 32768, -1]);
});
