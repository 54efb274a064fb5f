import { readWav } from '../src/core/sound/wav.ts';
import { modelBytes } from './bench.page.ts';

/** A clip of the zoo as 16-bit PCM, which Chromium's fake microphone plays; it knows no mu-law. */
export function pcmOf(clip: string): Buffer {
  const { samples, sampleRate } = readWav(modelBytes(clip));
  const data = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, i) => {
    data.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(sample * 32768))), 2 * i);
  });
  const head = Buffer.alloc(44);
  head.write('RIFF    WAVEfmt ');
  head.writeUInt32LE(36 + data.length, 4);
  head.writeUInt32LE(16, 16);
  // PCM, one channel.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(2 * sampleRate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
