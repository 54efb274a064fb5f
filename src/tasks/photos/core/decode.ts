import * as v from 'valibot';
import { topClasses } from '../../../core/classes/classify.ts';
import { Fault } from '../../../core/errors.ts';
import { readShipped } from '../../../core/schema/shipped.ts';
import type { Fraction } from '../../../core/units.ts';

const Labels = v.object({
  source: v.string(),
  licence: v.string(),
  labels: v.array(v.pipe(v.string(), v.nonEmpty())),
});

/**
 * Reads a file of class names (untrusted: it came over the network).
 * @throws Fault ManifestError when it is none, or holds more or fewer names than the model has classes
 */
export function readLabels(json: unknown, classes: number): readonly string[] {
  const { labels } = readShipped(Labels, json, 'The class names');
  if (labels.length !== classes) {
    throw new Fault('ManifestError', `There are ${labels.length} names for ${classes} classes.`);
  }
  return labels;
}

/** How well answers agree with others, or with known classes. */
export interface Agreement {
  /** Share whose first class is the expected one. */
  readonly top1: Fraction;
  /** Share that has the expected class among its first five. */
  readonly top5: Fraction;
  readonly of: number;
}

/**
 * The metric: shares of answers that name the expected class first, or among five. NaN where there is nothing to count.
 * @param answers logits, one array for each input
 * @param expected indices of classes, in the same order
 */
export function agreement(
  answers: readonly ArrayLike<number>[],
  expected: readonly number[],
): Agreement {
  if (answers.length !== expected.length) {
    throw new Fault(
      'AnswerError',
      `There are ${answers.length} answers and ${expected.length} expected classes.`,
    );
  }
  const ranks = answers.map((logits, at) =>
    topClasses(logits, []).findIndex(({ index }) => index === expected[at]),
  );
  const share = (within: number) =>
    ranks.filter((rank) => rank >= 0 && rank < within).length / ranks.length;
  return { top1: share(1), top5: share(5), of: ranks.length };
}
