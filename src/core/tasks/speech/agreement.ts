import { Fault } from '../../errors.ts';
import type { Fraction } from '../../units.ts';
import type { Segment } from './segments.ts';
import type { Seconds, SpeechTask } from './task.ts';

/** Frames nearer than this to where speech begins or ends are not judged: nobody knows it exactly. */
const GUARD: Seconds = 0.1;

export interface Hits {
  /** Frames on the right side of the task's threshold. */
  readonly right: number;
  /** Frames that were judged. */
  readonly of: number;
}

/** True speech, false none, null too near to an end to be judged. */
function knownAt(speech: readonly Segment[], start: Seconds, end: Seconds): boolean | null {
  if (speech.some((one) => start >= one.start + GUARD && end <= one.end - GUARD)) return true;
  const away = speech.every((one) => end <= one.start - GUARD || start >= one.end + GUARD);
  return away ? false : null;
}

/** Frames of a clip heard rightly, by its known speech; pauses inside a sentence count as speech. */
export function judge(
  task: SpeechTask,
  probabilities: readonly number[],
  speech: readonly Segment[],
): Hits {
  const seconds = task.frame / task.sampleRate;
  let right = 0;
  let of = 0;
  probabilities.forEach((probability, i) => {
    const known = knownAt(speech, i * seconds, (i + 1) * seconds);
    if (known === null) return;
    of++;
    // Not a number is right nowhere.
    if (known ? probability >= task.threshold : probability < task.threshold) right++;
  });
  return { right, of };
}

/** How far two models, or two forms of one, are apart on the same frames. */
export interface Agreement {
  /** Of all frames, the largest difference of probabilities; NaN where one is not a number. */
  readonly largest: Fraction;
  readonly mean: Fraction;
  /** Frames that both put on the same side of the task's threshold. */
  readonly sameSide: number;
  readonly of: number;
}

/** @throws Fault MismatchError where one has more frames */
export function agreement(
  task: SpeechTask,
  found: readonly number[],
  reference: readonly number[],
): Agreement {
  if (found.length !== reference.length) {
    throw new Fault(
      'MismatchError',
      `${found.length} frames cannot be compared with ${reference.length}.`,
    );
  }
  const pairs = found.map((value, i) => [value, reference[i] as number] as const);
  const differences = pairs.map(([a, b]) => Math.abs(a - b));
  const sameSide = pairs.filter(
    ([a, b]) =>
      (a >= task.threshold && b >= task.threshold) || (a < task.threshold && b < task.threshold),
  );
  const of = pairs.length;
  return {
    largest: Math.max(0, ...differences),
    mean: of === 0 ? 0 : differences.reduce((sum, difference) => sum + difference, 0) / of,
    sameSide: sameSide.length,
    of,
  };
}
