import { Fault } from '../errors.ts';

/** Zero crossings of the sinc on either side of its middle, as torchaudio has it by default. */
const CROSSINGS = 6;
/** The filter cuts at this share of the lower Nyquist frequency, so that little folds back. */
const ROLLOFF = 0.99;

/** The weights for one place between two samples. */
interface Taps {
  /** Samples from the one at which a cycle begins to the first that has a weight. */
  readonly first: number;
  readonly weights: Float32Array;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Weights for output `phase` of a cycle in which `from` samples become `to`: a sinc, Hann's window. */
function tapsOf(phase: number, from: number, to: number): Taps {
  const cutoff = Math.min(from, to) * ROLLOFF;
  const middle = (phase * from) / to;
  const reach = (CROSSINGS * from) / cutoff;
  const first = Math.ceil(middle - reach);
  const count = Math.floor(middle + reach) - first + 1;
  const weights = Float32Array.from({ length: count }, (_, i) => {
    const t = ((first + i - middle) / from) * cutoff;
    const window = Math.cos((t * Math.PI) / CROSSINGS / 2) ** 2;
    const sinc = t === 0 ? 1 : Math.sin(t * Math.PI) / (t * Math.PI);
    return (sinc * window * cutoff) / from;
  });
  return { first, weights };
}

/**
 * Changes the sample rate of sound that arrives in pieces, with a low-pass filter against folding:
 * `torchaudio.functional.resample` with its defaults (J. O. Smith, "Digital Audio Resampling
 * Home Page"), which the original package uses, computed as it comes.
 */
export class Resampler {
  /** Samples in, and out, of one cycle of the filter's phases. */
  readonly #from: number;
  readonly #to: number;
  readonly #phases: readonly Taps[];
  /** The most samples that an output looks back and ahead. */
  readonly #reach: number;
  /** Samples still needed; the first is number `#origin` of the sound. */
  #held: Float32Array;
  #origin: number;
  #received = 0;
  #made = 0;

  /**
   * @param from hertz, whole
   * @param to hertz, whole
   * @throws Fault UnsupportedInputError for a rate that is none
   */
  constructor(from: number, to: number) {
    for (const rate of [from, to]) {
      if (!Number.isInteger(rate) || rate <= 0) {
        throw new Fault('UnsupportedInputError', `Sound cannot have ${rate} samples per second.`);
      }
    }
    const divisor = greatestCommonDivisor(from, to);
    this.#from = from / divisor;
    this.#to = to / divisor;
    this.#phases = Array.from({ length: this.#to }, (_, phase) =>
      tapsOf(phase, this.#from, this.#to),
    );
    this.#reach = Math.ceil((CROSSINGS * this.#from) / (Math.min(this.#from, this.#to) * ROLLOFF));
    // Silence before the sound, so that the first outputs have something to look back on.
    this.#held = new Float32Array(this.#reach);
    this.#origin = -this.#reach;
  }

  /** @returns the outputs that these samples settle; they lag by the filter's reach */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    // The filter would take away what needs no filtering.
    if (this.#from === this.#to) return Float32Array.from(samples);
    this.#received += samples.length;
    this.#hold(samples);
    return this.#make(this.#received - this.#reach);
  }

  /** @returns the rest; the sound is over, and silence follows */
  flush(): Float32Array<ArrayBuffer> {
    if (this.#from === this.#to) return new Float32Array();
    this.#hold(new Float32Array(2 * this.#reach));
    return this.#make(this.#received);
  }

  #hold(samples: Float32Array): void {
    const joined = new Float32Array(this.#held.length + samples.length);
    joined.set(this.#held);
    joined.set(samples, this.#held.length);
    this.#held = joined;
  }

  /** All outputs that lie before input `end`. */
  #make(end: number): Float32Array<ArrayBuffer> {
    const upTo = Math.max(this.#made, Math.ceil((end * this.#to) / this.#from));
    const outputs = new Float32Array(upTo - this.#made);
    for (let i = 0; i < outputs.length; i++) {
      const number = this.#made + i;
      const { first, weights } = this.#phases[number % this.#to] as Taps;
      const start = Math.floor(number / this.#to) * this.#from + first - this.#origin;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += (weights[k] as number) * (this.#held[start + k] as number);
      }
      outputs[i] = sum;
    }
    this.#made = upTo;
    const next = Math.floor((upTo * this.#from) / this.#to) - this.#reach;
    this.#held = this.#held.slice(Math.max(0, next - this.#origin));
    this.#origin = Math.max(next, this.#origin);
    return outputs;
  }
}

/**
 * A whole piece of sound at another sample rate.
 * @throws Fault UnsupportedInputError for a rate that is none
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const resampler = new Resampler(from, to);
  const body = resampler.push(samples);
  const rest = resampler.flush();
  const whole = new Float32Array(body.length + rest.length);
  whole.set(body);
  whole.set(rest, body.length);
  return whole;
}

/**
 * One channel from several of equal length: their mean, as the original takes it.
 * @throws Fault UnsupportedInputError without a channel
 */
export function toMono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) throw new Fault('UnsupportedInputError', 'The sound has no channel.');
  if (channels.length === 1) return first;
  return first.map(
    (_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length,
  );
}
