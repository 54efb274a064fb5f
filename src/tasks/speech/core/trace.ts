import type { LiveTurn } from '../../../core/live/frame.ts';
import type { Fraction, Milliseconds } from '../../../core/units.ts';
import type { SpeechAnswer } from './live.ts';

/** What is drawn of one frame of sound. */
export interface TracePoint {
  /** Of its samples, -1..1. */
  readonly low: number;
  readonly high: number;
  /** Whether somebody speaks; null where nobody knows. */
  readonly speech: boolean | null;
  /** Probability of speech, lane by lane; NaN where the answer was no number. */
  readonly probabilities: readonly Fraction[];
  /** Whether an answer came later than the deadline. */
  readonly late: boolean;
  /** Whether frames were skipped before it. */
  readonly gap: boolean;
}

/** The point of a frame that lanes have answered. */
export function tracePoint(
  samples: Float32Array,
  speech: boolean | null,
  offered: number,
  turns: readonly LiveTurn[],
  deadline: Milliseconds,
): TracePoint {
  let [low, high] = [0, 0];
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return {
    low,
    high,
    speech,
    probabilities: turns.map(({ answer }) => (answer as SpeechAnswer).probability),
    late: turns.some(({ wholeMs }) => wholeMs > deadline),
    gap: offered > 1,
  };
}
