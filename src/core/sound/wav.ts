import { Fault } from '../errors.ts';
import { toMono } from './resample.ts';

export interface Sound {
  /** One channel, -1..1. */
  readonly samples: Float32Array;
  /** Hertz. */
  readonly sampleRate: number;
}

/** Format tags of RIFF WAVE (RFC 2361) that are read here. */
const PCM = 1;
const MULAW = 7;
/** The tag stands in the first two bytes of the sub-format instead. */
const EXTENSIBLE = 0xfffe;

const fault = (message: string) => new Fault('FileFormatError', message);

/** A sample of ITU-T G.711's mu-law, -1..1: sign, three bits of segment, four of step, all inverted. */
export function fromMulaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((2 * (bits & 15) + 33) << ((bits >> 4) & 7)) - 33;
  return (bits & 0x80 ? -magnitude : magnitude) / 8192;
}

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16) throw fault('The WAV file says too little about its format.');
  const tag = view.getUint16(at, true);
  return {
    tag: tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

/** Reads sample number `i` of the data, all channels counted. */
function sampleReader({ tag, bits }: Format, view: DataView, at: number): (i: number) => number {
  if (tag === PCM && bits === 16) return (i) => view.getInt16(at + 2 * i, true) / 32768;
  if (tag === MULAW && bits === 8) return (i) => fromMulaw(view.getUint8(at + i));
  throw fault(
    `The WAV file holds ${bits}-bit samples of format ${tag}; 16-bit PCM and 8-bit mu-law are read.`,
  );
}

const chunkName = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

/**
 * Reads a WAV file of 16-bit PCM or mu-law: the sample clips. (A user's own file is the browser's
 * to decode, which resamples on the way.) Several channels become their mean.
 * @throws Fault FileFormatError for anything else, or a file cut short before its sound
 */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || chunkName(view, 0) !== 'RIFF' || chunkName(view, 8) !== 'WAVE') {
    throw fault('The file is not a WAV file.');
  }
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = chunkName(view, at);
    const declared = view.getUint32(at + 4, true);
    const start = at + 8;
    const size = Math.min(declared, bytes.length - start);
    if (name === 'fmt ') format = readFormat(view, start, size);
    if (name === 'data') {
      if (!format) throw fault('The WAV file does not say its format before its sound.');
      return readSound(format, view, start, size);
    }
    // Chunks begin at even places.
    at = start + declared + (declared % 2);
  }
  throw fault('The WAV file holds no sound.');
}

function readSound(format: Format, view: DataView, start: number, size: number): Sound {
  const { channels, sampleRate, bits } = format;
  const read = sampleReader(format, view, start);
  if (channels === 0 || sampleRate === 0) {
    throw fault(`The WAV file has ${channels} channels at ${sampleRate} Hz.`);
  }
  const length = Math.floor(size / (channels * (bits / 8)));
  const split = Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(length);
    for (let i = 0; i < length; i++) samples[i] = read(i * channels + channel);
    return samples;
  });
  return { samples: toMono(split), sampleRate };
}
