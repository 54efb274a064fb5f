import type { ClassShare } from '../classes/classify.ts';
import { percent } from '../format.ts';
import type { Fraction } from '../units.ts';

/** What a lane said of one frame, in the form of the task's kind. */
export type LiveAnswer = object;

/** A line of an answer. */
export interface LiveRow {
  readonly label: string;
  readonly value: string;
  /** Drawn as a bar behind it. */
  readonly share: Fraction;
}

/**
 * What can be said of one kind's answers. Methods, since they are only ever given answers of that
 * kind.
 */
export interface LiveAnswers<A extends LiveAnswer = LiveAnswer> {
  /** Whether two lanes say the same of a frame. What is no number agrees with nothing. */
  same(a: A, b: A): boolean;
  /** In a few words: "tabby cat, 62.0%". */
  words(answer: A): string;
  /** At most so many lines … */
  readonly most: number;
  /** … that say it in full. */
  rows(answer: A): readonly LiveRow[];
}

/** The most probable class first; none where the answer holds something that is no number. */
export interface ClassesAnswer {
  readonly top: readonly ClassShare[];
}

/** Classes that are named of each frame. */
export const NAMED = 3;

const NO_NUMBER = 'no number';

/** For every kind of task that names classes: the first of them is the answer. */
export const classAnswers: LiveAnswers<ClassesAnswer> = {
  same: ({ top: [first] }, { top: [other] }) => first !== undefined && first.index === other?.index,
  words: ({ top: [first] }) =>
    first ? `${first.label}, ${percent(first.probability)}` : NO_NUMBER,
  most: NAMED,
  rows: ({ top }) =>
    top.length === 0
      ? [{ label: NO_NUMBER, value: '', share: 0 }]
      : top.map(({ label, probability }) => ({
          label,
          value: percent(probability),
          share: probability,
        })),
};
