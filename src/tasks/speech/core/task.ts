import * as v from 'valibot';
import { fileName, sha256 } from '../../../core/schema/shipped.ts';
import type { Fraction, Milliseconds } from '../../../core/units.ts';

const name = v.pipe(v.string(), v.nonEmpty());
const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const seconds = v.pipe(v.number(), v.minValue(0));

/** The part of a manifest's entry that says what a speech model hears and answers. */
export const SpeechTask = v.pipe(
  v.object({
    kind: v.literal('speech'),
    /** float32 [1, context + frame]: samples, -1..1. */
    input: name,
    /** float32 `stateShape`: what the frame before left; zeros before the first. */
    stateInput: name,
    /** float32 [1, 1]: the probability that somebody speaks. */
    output: name,
    /** float32 `stateShape`: the next frame's `stateInput`. */
    stateOutput: name,
    stateShape: v.pipe(v.array(size), v.minLength(1)),
    /** Hertz; sound of any other rate has to be resampled first. */
    sampleRate: size,
    /** New samples in each inference; they set its deadline. */
    frame: size,
    /** Samples of the frame before that are heard again. */
    context: size,
    /** Speech begins at this probability... */
    threshold: share,
    /** ...and ends below this one. */
    release: share,
  }),
  v.check(
    ({ context, frame }) => context <= frame,
    'The context is longer than the frame that it comes from.',
  ),
  v.check(
    ({ threshold, release }) => release <= threshold,
    'Speech would end at a higher probability than it begins.',
  ),
);

/**
 * A voice activity detector: one frame of sound and a state to the probability of speech and the
 * next state. Every inference is one frame.
 */
export type SpeechTask = v.InferOutput<typeof SpeechTask>;

/** Sound that ships beside a speech model; where somebody speaks in it is known. */
export const SpeechClip = v.object({
  id: name,
  title: name,
  sentence: name,
  /** A WAV file that `readWav` reads. */
  file: fileName,
  bytes: size,
  sha256,
  sampleRate: size,
  seconds,
  speech: v.array(v.object({ start: seconds, end: seconds })),
  licence: name,
  source: name,
});

export type SpeechClip = v.InferOutput<typeof SpeechClip>;

/** The time that a frame lasts: an inference that takes longer falls behind the microphone. */
export const frameDuration = ({ frame, sampleRate }: SpeechTask): Milliseconds =>
  (1000 * frame) / sampleRate;

/** Time to infer a frame over the time that it lasts: live sound needs less than 1. */
export const realTimeFactor = (task: SpeechTask, perFrame: Milliseconds): Fraction =>
  perFrame / frameDuration(task);
