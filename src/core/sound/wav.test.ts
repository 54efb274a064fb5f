import { describe, expect, it } from 'vitest';
import { fromMulaw, readWav } from './wav.ts';

interface Made {
  readonly tag?: number;
  readonly channels?: number;
  readonly bits?: number;
  /** Of the samples; more may be declared than there are. */
  readonly declared?: number;
  readonly data: readonly number[];
}

/** A WAV file at 8,000 Hz with an odd chunk before the sound, as encoders like to put one there. */
function wav({ tag = 1, channels = 1, bits = 16, data, declared = data.length }: Made): Uint8Array {
  const uint16 = (value: number) => [value & 255, value >> 8];
  const uint32 = (value: number) => [...uint16(value & 0xffff), ...uint16(value >>> 16)];
  const text = (name: string) => [...name].map((letter) => letter.charCodeAt(0));
  const format = [...uint16(tag), ...uint16(channels), ...uint32(8000), ...uint32(0), 0, 0];
  return Uint8Array.from([
    ...[...text('RIFF'), ...uint32(0), ...text('WAVE')],
    ...[...text('fmt '), ...uint32(16), ...format, ...uint16(bits)],
    ...[...text('LIST'), ...uint32(3), 1, 2, 3, 0],
    ...[...text('data'), ...uint32(declared), ...data],
  ]);
}

describe('readWav', () => {
  it('reads 16-bit PCM', () => {
    const { samples, sampleRate } = readWav(wav({ data: [0, 0, 0, 64, 0, 128] }));
    expect([...samples]).toEqual([0, 0.5, -1]);
    expect(sampleRate).toBe(8000);
  });

  it('reads mu-law, and takes the mean of two channels', () => {
    const { samples } = readWav(wav({ tag: 7, bits: 8, channels: 2, data: [255, 127, 0, 128] }));
    expect([...samples]).toEqual([0, 0]);
  });

  it('reads what is there of a file cut short', () => {
    expect(readWav(wav({ data: [0, 64], declared: 1000 })).samples).toHaveLength(1);
  });

  it('says what it cannot read', () => {
    expect(() => readWav(Uint8Array.of(1, 2, 3))).toThrow('not a WAV file');
    expect(() => readWav(wav({ bits: 24, data: [] }))).toThrow('24-bit samples of format 1');
    expect(() => readWav(wav({ data: [] }).slice(0, 40))).toThrow('holds no sound');
    expect(() => readWav(wav({ channels: 0, data: [] }))).toThrow('0 channels');
  });
});

it('decodes mu-law as G.711 has it', () => {
  // Table 2b of ITU-T G.711, its values of 14 bits.
  const known = [
    [0x80, 8031],
    [0x8f, 4191],
    [0x9f, 2079],
    [0xef, 33],
    [0xfe, 2],
    [0xff, 0],
    [0x00, -8031],
    [0x7e, -2],
  ] as const;
  for (const [code, value] of known) expect(fromMulaw(code)).toBe(value / 8192);
});
