import type { ClassShare } from '../../../core/classes/classify.ts';
import { unreachable } from '../../../core/errors.ts';
import { count, percent } from '../../../core/format.ts';
import type { Fraction } from '../../../core/units.ts';
import type { TextBox } from '../../../tasks/spotting/core/decode.ts';
import { pairBoxes } from '../../../tasks/spotting/core/metric.ts';

/** What a lane said of one frame. */
export type LiveAnswer =
  /** The most probable first; none where the answer holds something that is no number. */
  | { readonly kind: 'classes'; readonly top: readonly ClassShare[] }
  | { readonly kind: 'boxes'; readonly boxes: readonly TextBox[] }
  /** NaN where the answer is no number. */
  | { readonly kind: 'speech'; readonly probability: Fraction; readonly threshold: Fraction };

/** Whether somebody speaks; not a number is neither. */
const speaks = (probability: Fraction, threshold: Fraction) =>
  Number.isNaN(probability) ? null : probability >= threshold;

/**
 * Whether two lanes say the same of a frame: the same first class, a box for each box with at
 * least half in common, or the same side of the threshold. What is no number agrees with nothing.
 */
export function sameAnswer(a: LiveAnswer, b: LiveAnswer): boolean {
  switch (a.kind) {
    case 'classes': {
      const [first] = a.top;
      return b.kind === 'classes' && first !== undefined && first.index === b.top[0]?.index;
    }
    case 'boxes': {
      if (b.kind !== 'boxes' || a.boxes.length !== b.boxes.length) return false;
      const quads = (boxes: readonly TextBox[]) => boxes.map(({ corners }) => corners);
      return pairBoxes(quads(a.boxes), quads(b.boxes)).length === a.boxes.length;
    }
    case 'speech': {
      const said = speaks(a.probability, a.threshold);
      return b.kind === 'speech' && said !== null && said === speaks(b.probability, b.threshold);
    }
    default:
      return unreachable(a);
  }
}

/** In a few words: "tabby cat, 62.0%", "3 lines of text", "speech, 0.974". */
export function answerWords(answer: LiveAnswer): string {
  switch (answer.kind) {
    case 'classes': {
      const [first] = answer.top;
      return first ? `${first.label}, ${percent(first.probability)}` : 'no number';
    }
    case 'boxes': {
      const { length } = answer.boxes;
      if (length === 0) return 'no text';
      return length === 1 ? 'one line of text' : `${count(length)} lines of text`;
    }
    case 'speech': {
      const { probability, threshold } = answer;
      if (Number.isNaN(probability)) return 'no number';
      return `${probability >= threshold ? 'speech' : 'no speech'}, ${probability.toFixed(3)}`;
    }
    default:
      return unreachable(answer);
  }
}
