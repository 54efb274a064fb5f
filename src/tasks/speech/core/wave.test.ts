import fc from 'fast-check';
import { expect, it } from 'vitest';
import { waveOf } from './wave.ts';

it('shows the extremes of each stretch, zero between them', () => {
  const sound = Float32Array.of(0.5, 0.25, -0.5, -0.25, 0.125, -1);
  expect(waveOf(sound, 3)).toEqual([
    { low: 0, high: 0.5 },
    { low: -0.5, high: 0 },
    { low: -1, high: 0.125 },
  ]);
});

it('loses no peak, however many columns', () => {
  const sound = fc.float32Array({ minLength: 1, noNaN: true, min: -1, max: 1 });
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 40 }), (samples, columns) => {
      const wave = waveOf(samples, columns);
      expect(wave).toHaveLength(columns);
      expect(Math.max(...wave.map(({ high }) => high))).toBe(Math.max(0, ...samples));
      expect(Math.min(...wave.map(({ low }) => low)) + 0).toBe(Math.min(0, ...samples) + 0);
    }),
  );
});
