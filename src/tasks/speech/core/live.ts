import type { LiveAnswers } from '../../../core/live/answer.ts';
import type { LiveFrame } from '../../../core/live/frame.ts';
import type { LiveShown } from '../../../core/live/shown.ts';
import { Resampler } from '../../../core/sound/resample.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import type { Fraction, Milliseconds } from '../../../core/units.ts';
import { FrameCutter, readAnswer, silentState, speechFeeds } from './frames.ts';
import type { SpeechTask } from './task.ts';

/** Sound that waits longer is dropped, oldest first: live means now. */
const MAX_WAITING: Milliseconds = 500;

/** Of one frame. */
export interface SpeechAnswer {
  /** NaN where the answer is no number. */
  readonly probability: Fraction;
  readonly threshold: Fraction;
}

/** Whether somebody speaks; not a number is neither. */
const speaks = ({ probability, threshold }: SpeechAnswer): boolean | null =>
  Number.isNaN(probability) ? null : probability >= threshold;

function words(answer: SpeechAnswer): string {
  const said = speaks(answer);
  if (said === null) return 'no number';
  return `${said ? 'speech' : 'no speech'}, ${answer.probability.toFixed(3)}`;
}

/** The same is the same side of the threshold. */
export const speechAnswers: LiveAnswers<SpeechAnswer> = {
  same: (a, b) => {
    const said = speaks(a);
    return said !== null && said === speaks(b);
  },
  words,
  most: 1,
  rows: (answer) => [{ label: words(answer), value: '', share: answer.probability }],
};

/** Context and new samples of one frame. */
interface Waiting {
  readonly input: Float32Array<ArrayBuffer>;
  readonly at: Milliseconds;
  readonly prepareMs: Milliseconds;
  /** Of all frames since the sound began. */
  readonly number: number;
}

export interface SoundOptions {
  /** Hertz of the samples to come. */
  readonly sampleRate: number;
  readonly clock: () => Milliseconds;
  /** Whether somebody speaks in a frame, where that is known. */
  readonly speech?: (frame: number) => boolean;
}

/**
 * Sound that arrives in pieces, made into frames for lanes that each carry a state of their own
 * from frame to frame: what a lane heard wrongly it goes on to hear with.
 */
export class LiveSound {
  readonly #task: SpeechTask;
  readonly #options: SoundOptions;
  readonly #states = new Map<string, Float32Array<ArrayBuffer>>();
  /** The last second. */
  readonly #recent: Float32Array;
  #resampler: Resampler;
  #cutter: FrameCutter;
  #waiting: Waiting[] = [];
  #cut = 0;
  #dropped = 0;

  /** @throws Fault UnsupportedInputError for a sample rate that is none */
  constructor(task: SpeechTask, options: SoundOptions) {
    this.#task = task;
    this.#options = options;
    this.#recent = new Float32Array(task.sampleRate);
    this.#resampler = new Resampler(options.sampleRate, task.sampleRate);
    this.#cutter = new FrameCutter(task);
  }

  /** @param now when the last of these samples (-1..1) arrived; the others did before it */
  push(samples: Float32Array, now: Milliseconds): void {
    const { clock } = this.#options;
    const { sampleRate, frame } = this.#task;
    const began = clock();
    const inputs = this.#cutter.push(this.#resampler.push(samples));
    const prepareMs = (clock() - began) / Math.max(1, inputs.length);
    inputs.forEach((input, i) => {
      const later = inputs.length - 1 - i;
      const at = now - (later * frame * 1000) / sampleRate;
      this.#waiting.push({ input, at, prepareMs, number: this.#cut++ });
    });
    const most = Math.floor((MAX_WAITING / 1000) * (sampleRate / frame));
    this.drop(this.#waiting.splice(0, Math.max(0, this.#waiting.length - most)).length);
  }

  /** Counts frames that somebody else lost. */
  drop(frames: number): void {
    this.#dropped += frames;
  }

  /** The frame that has waited longest; null where none waits. */
  take(): LiveFrame<LiveShown> | null {
    const next = this.#waiting.shift();
    if (!next) return null;
    const { input, at, prepareMs, number } = next;
    const offered = 1 + this.#dropped;
    this.#dropped = 0;
    const samples = input.subarray(this.#task.context);
    this.#recent.copyWithin(0, samples.length);
    this.#recent.set(samples, this.#recent.length - samples.length);
    return {
      at,
      offered,
      prepareMs,
      feeds: (lane) => speechFeeds(this.#task, [input], [this.#stateOf(lane)]),
      read: (lane, outputs) => this.#read(lane, outputs),
      shown: {
        kind: 'sound',
        samples,
        recent: () => this.#recent.slice(),
        speech: this.#options.speech?.(number) ?? null,
      },
    };
  }

  /** Silence from here on: lanes forget what they heard. */
  restart(): void {
    this.#resampler = new Resampler(this.#options.sampleRate, this.#task.sampleRate);
    this.#cutter = new FrameCutter(this.#task);
    this.#waiting = [];
    this.#dropped = 0;
    this.#states.clear();
    this.#recent.fill(0);
  }

  #stateOf(lane: string): Float32Array<ArrayBuffer> {
    return this.#states.get(lane) ?? silentState(this.#task);
  }

  #read(lane: string, outputs: readonly OutputTensor[]): SpeechAnswer {
    const { probability, state } = readAnswer(this.#task, outputs);
    this.#states.set(lane, state);
    return { probability, threshold: this.#task.threshold };
  }
}
