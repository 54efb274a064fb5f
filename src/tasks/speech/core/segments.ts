import type { Milliseconds, Seconds } from '../../../core/units.ts';
import type { SpeechTask } from './task.ts';

/** Where somebody speaks. */
export interface Segment {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Defaults as in Silero's `get_speech_timestamps`. */
export interface SegmentOptions {
  /** Shorter speech is dropped. */
  readonly leastSpeech?: Milliseconds;
  /** A shorter silence does not end speech. */
  readonly leastSilence?: Milliseconds;
  /** Added before and after each segment, as far as the next one leaves room. */
  readonly pad?: Milliseconds;
}

const DEFAULTS = { leastSpeech: 250, leastSilence: 100, pad: 30 } as const;

/** Frames: [start, end). */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether somebody speaks, told frame by frame with hysteresis: speech begins with a probability of
 * `threshold` and ends with the first one below `release`, unless it comes back within
 * `leastSilence`; until that is known, it goes on. Silero's `VADIterator` without its padding.
 */
export class SpeechGate {
  readonly #task: SpeechTask;
  /** Samples. */
  readonly #leastSilence: number;
  #frame = 0;
  #start: number | null = null;
  #silentSince: number | null = null;

  constructor(task: SpeechTask, leastSilence: Milliseconds = DEFAULTS.leastSilence) {
    this.#task = task;
    this.#leastSilence = (task.sampleRate * leastSilence) / 1000;
  }

  /** The frame with which the speech that goes on began; null in silence. */
  get since(): number | null {
    return this.#start;
  }

  /** @returns the speech that has ended, known only `leastSilence` later; null otherwise */
  next(probability: number): Span | null {
    const { threshold, release, frame } = this.#task;
    const now = this.#frame++;
    if (probability >= threshold) {
      this.#silentSince = null;
      this.#start ??= now;
    }
    if (this.#start === null || probability >= release) return null;
    this.#silentSince ??= now;
    if ((now - this.#silentSince) * frame < this.#leastSilence) return null;
    const span = { start: this.#start, end: this.#silentSince };
    this.#start = null;
    this.#silentSince = null;
    return span;
  }
}

/**
 * Speech in a whole piece of sound, as Silero's `get_speech_timestamps` finds it (without its
 * limit on the length of a segment).
 *
 * @param probabilities of its frames, in order
 * @param samples its length before the last frame was filled up
 */
export function speechSegments(
  task: SpeechTask,
  probabilities: readonly number[],
  samples: number,
  options: SegmentOptions = {},
): Segment[] {
  const { leastSpeech, leastSilence, pad } = { ...DEFAULTS, ...options };
  const inSamples = (duration: Milliseconds) => (task.sampleRate * duration) / 1000;
  const gate = new SpeechGate(task, leastSilence);
  const spans: { start: number; end: number }[] = [];
  for (const probability of probabilities) {
    const span = gate.next(probability);
    if (span) spans.push({ start: span.start * task.frame, end: span.end * task.frame });
  }
  if (gate.since !== null) spans.push({ start: gate.since * task.frame, end: samples });
  const kept = spans.filter(({ start, end }) => end - start > inSamples(leastSpeech));
  return padded(kept, inSamples(pad), samples).map(({ start, end }) => ({
    start: start / task.sampleRate,
    end: end / task.sampleRate,
  }));
}

/** Neighbours share a silence that is too short for both paddings. Samples, rounded down as there. */
function padded(spans: readonly Span[], pad: number, samples: number): Span[] {
  return spans.map(({ start, end }, i) => {
    const before = spans[i - 1];
    const after = spans[i + 1];
    const shared = (silence: number) => (silence < 2 * pad ? Math.floor(silence / 2) : pad);
    return {
      start: Math.floor(Math.max(0, start - (before ? shared(start - before.end) : pad))),
      end: Math.floor(Math.min(samples, end + (after ? shared(after.start - end) : pad))),
    };
  });
}
