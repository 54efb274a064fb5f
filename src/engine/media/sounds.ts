import { Fault } from '../../core/errors.ts';
import { bytes } from '../../core/format.ts';
import { resample, toMono } from '../../core/sound/resample.ts';
import { readWav } from '../../core/sound/wav.ts';
import type { Bytes, Seconds } from '../../core/units.ts';

/** Decoded sound takes ten times the room of a compressed file, and more. */
const MAX_BYTES: Bytes = 100e6;

interface Wanted {
  /** Hertz. */
  readonly sampleRate: number;
  /** As much of the beginning at least; resampling an hour would take seconds. */
  readonly seconds: Seconds;
}

/** The forms of WAV that are read here come as the original package reads them. */
function readHere(data: ArrayBuffer, { sampleRate, seconds }: Wanted): Float32Array | null {
  try {
    const wav = readWav(new Uint8Array(data));
    const kept = wav.samples.subarray(0, Math.ceil(seconds * wav.sampleRate));
    return resample(kept, wav.sampleRate, sampleRate);
  } catch {
    return null;
  }
}

/** All else is the browser's, which resamples on the way. */
async function decode(data: ArrayBuffer, { sampleRate }: Wanted): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const decoded = await context.decodeAudioData(data);
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, i) =>
    decoded.getChannelData(i),
  );
  return toMono(channels);
}

/**
 * Decodes a file of sound to one channel of a rate, -1..1.
 * @param name as the user knows it
 * @throws Fault FileFormatError for what this browser cannot decode, or far too large
 */
export async function decodeSound(file: Blob, name: string, wanted: Wanted): Promise<Float32Array> {
  if (file.size > MAX_BYTES) {
    throw new Fault(
      'FileFormatError',
      `${name} has ${bytes(file.size)}; the limit for sound files is ${bytes(MAX_BYTES)}.`,
    );
  }
  const data = await file.arrayBuffer();
  const read = readHere(data, wanted);
  if (read) return read;
  try {
    return await decode(data, wanted);
  } catch {
    const type = file.type || 'of unknown type';
    throw new Fault(
      'FileFormatError',
      `${name} (${type}) is not a sound that this browser can open.`,
    );
  }
}
