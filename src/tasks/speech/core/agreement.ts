import { Fault } from '../../../core/errors.ts';
import type { Fraction, Seconds } from '../../../core/units.ts';
import type { Segment } from './segments.ts';
import type { SpeechTask } from './task.ts';

/** Frames nearer than this to where speech begins or ends are not judged: nobody knows it exactly. */
const GUARD: Seconds = 0.1;

export interface Hits {
  /** Frames on the right side of the task's threshold. */
  readonly right: number;
  /** Frames that were judged. */
  readonly of: number;
}

/** What is known of a frame, as a race's labels have it: the classes of `answerScores`. */
const SILENT = 0;
const SPOKEN = 1;
/** Too near to where speech begins or ends. */
const UNKNOWN = -1;

function knownAt(speech: readonly Segment[], start: Seconds, end: Seconds): number {
  if (speech.some((one) => start >= one.start + GUARD && end <= one.end - GUARD)) return SPOKEN;
  const away = speech.every((one) => end <= one.start - GUARD || start >= one.end + GUARD);
  return away ? SILENT : UNKNOWN;
}

/** Of each frame 1 where somebody speaks, 0 where nobody does, -1 where nobody knows exactly. */
export function frameLabels(
  { frame, sampleRate }: SpeechTask,
  frames: number,
  speech: readonly Segment[],
): Int8Array {
  const seconds = frame / sampleRate;
  return Int8Array.from({ length: frames }, (_, i) =>
    knownAt(speech, i * seconds, (i + 1) * seconds),
  );
}

/** Not a number is on neither side, and right nowhere. */
function sideOf({ threshold }: SpeechTask, probability: number): number {
  if (Number.isNaN(probability)) return UNKNOWN;
  return probability >= threshold ? SPOKEN : SILENT;
}

const isSameSide = (task: SpeechTask, a: number, b: number): boolean =>
  sideOf(task, a) !== UNKNOWN && sideOf(task, a) === sideOf(task, b);

/** Frames of a clip heard rightly, by its known speech; pauses inside a sentence count as speech. */
export function judge(
  task: SpeechTask,
  probabilities: readonly number[],
  speech: readonly Segment[],
): Hits {
  const labels = frameLabels(task, probabilities.length, speech);
  let right = 0;
  let of = 0;
  probabilities.forEach((probability, i) => {
    if (labels[i] === UNKNOWN) return;
    of++;
    if (sideOf(task, probability) === labels[i]) right++;
  });
  return { right, of };
}

/** Frames on which two that heard the same sound differ, of those that both heard. */
export function differingFrames(
  task: SpeechTask,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number[] {
  const both = Array.from({ length: Math.min(a.length, b.length) }, (_, i) => i);
  return both.filter((i) => !isSameSide(task, a[i] as number, b[i] as number));
}

/** How far two models, or two forms of one, are apart on the same frames. */
export interface SpeechAgreement {
  /** Of all frames, the largest difference of probabilities; NaN where one is not a number. */
  readonly largest: Fraction;
  readonly mean: Fraction;
  /** Frames that both put on the same side of the task's threshold. */
  readonly sameSide: number;
  readonly of: number;
}

/** @throws Fault AnswerError where one has more frames */
export function agreement(
  task: SpeechTask,
  found: readonly number[],
  reference: readonly number[],
): SpeechAgreement {
  if (found.length !== reference.length) {
    throw new Fault(
      'AnswerError',
      `${found.length} frames cannot be compared with ${reference.length}.`,
    );
  }
  const pairs = found.map((value, i) => [value, reference[i] as number] as const);
  const differences = pairs.map(([a, b]) => Math.abs(a - b));
  const sameSide = pairs.filter(([a, b]) => isSameSide(task, a, b));
  const of = pairs.length;
  return {
    largest: Math.max(0, ...differences),
    mean: of === 0 ? 0 : differences.reduce((sum, difference) => sum + difference, 0) / of,
    sameSide: sameSide.length,
    of,
  };
}
