import type { Sound } from './wav.ts';

const HEADER = 44;
const PCM = 1;

/** Sound as a WAV file of 16-bit PCM, which every browser plays; louder than 1 is clipped. */
export function writeWav({ samples, sampleRate }: Sound): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) =>
    bytes.set(
      Array.from(letters, (letter) => letter.charCodeAt(0)),
      at,
    );
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  // Channels; then bytes per second, bytes per sample, bits per sample.
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => {
    const whole = Math.round(32768 * sample);
    view.setInt16(HEADER + 2 * i, Math.max(-32768, Math.min(32767, whole)), true);
  });
  return bytes;
}
