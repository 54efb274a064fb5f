import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Resampler, resample, toMono } from './resample.ts';

interface Resampled {
  readonly sound: readonly number[];
  /** At 16 kHz, by the rate that the sound is taken to have. */
  readonly resampled: Readonly<Record<string, readonly number[]>>;
}

const file = readFileSync(new URL('./fixtures/resampled.json', import.meta.url), 'utf8');
const fixture = JSON.parse(file) as Resampled;

const sound = Float32Array.from(fixture.sound);

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))).reduce(
    (most, one) => (one > most || Number.isNaN(one) ? one : most),
    0,
  );

/** A tone of level 1 for a tenth of a second. */
const tone = (hertz: number, rate: number) =>
  Float32Array.from({ length: rate / 10 }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

const loudness = (samples: Float32Array) => {
  const inner = samples.slice(samples.length / 4, (3 * samples.length) / 4);
  return Math.sqrt(inner.reduce((sum, value) => sum + value ** 2, 0) / inner.length);
};

describe('resample', () => {
  it.each(Object.entries(fixture.resampled))('agrees with torchaudio from %s Hz', (rate, there) => {
    const here = resample(sound, Number(rate), 16_000);
    expect(here).toHaveLength(there.length);
    // torchaudio computes its filter's places in float32.
    expect(largestDifference(here, there)).toBeLessThan(2e-5);
  });

  it('keeps a tone and drops one that would fold back', () => {
    expect(loudness(resample(tone(1000, 48_000), 48_000, 16_000))).toBeCloseTo(Math.SQRT1_2, 2);
    expect(loudness(resample(tone(12_000, 48_000), 48_000, 16_000))).toBeLessThan(0.01);
  });

  it('leaves sound of the right rate alone', () => {
    expect(resample(sound, 16_000, 16_000)).toBe(sound);
  });

  it('does not mind in which pieces sound arrives', () => {
    const pieces = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 8 });
    const rate = fc.constantFrom(8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000);
    fc.assert(
      fc.property(pieces, rate, (lengths, from) => {
        const resampler = new Resampler(from, 16_000);
        let at = 0;
        const parts = lengths.map((length) => {
          const piece = sound.subarray(at, at + length);
          at = Math.min(sound.length, at + length);
          return resampler.push(piece);
        });
        parts.push(resampler.flush());
        const joined = parts.flatMap((part) => [...part]);
        expect(joined).toEqual([...resample(sound.subarray(0, at), from, 16_000)]);
      }),
    );
  });

  it('refuses a rate that is none', () => {
    expect(() => new Resampler(0, 16_000)).toThrow('Sound cannot have 0 samples per second.');
    expect(() => new Resampler(44_100.5, 16_000)).toThrow('44100.5');
  });
});

describe('toMono', () => {
  it('takes the mean of channels', () => {
    expect([...toMono([Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)])]).toEqual([0.5, 0]);
    expect(() => toMono([])).toThrow('no channel');
  });
});
