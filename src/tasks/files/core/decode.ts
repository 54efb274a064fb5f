import { argmax } from '../../../core/classes/classify.ts';
import { unreachable } from '../../../core/errors.ts';
import { percent } from '../../../core/format.ts';
import type { Fraction } from '../../../core/units.ts';
import { type FileType, type FileTypes, fileType } from './task.ts';
import { isUtf8 } from './utf8.ts';
import type { FileEnds } from './windows.ts';

/** How sure the model must be before its type is answered rather than "text" or "unknown". */
export type PredictionMode = 'high-confidence' | 'medium-confidence' | 'best-guess';

/** A type and its probability. */
export interface TypeCandidate {
  readonly type: FileType;
  readonly probability: Fraction;
}

/** What a file is, and who says so. */
export type FileAnswer =
  | { readonly by: 'rule'; readonly rule: 'empty' | 'tooFewBytes'; readonly type: FileType }
  | {
      readonly by: 'model';
      readonly type: FileType;
      /** The model's own choice, which `type` is not when there is a reason against it. */
      readonly choice: FileType;
      readonly probability: Fraction;
      /** The least probability for which `choice` is answered. */
      readonly threshold: Fraction;
      readonly reason: 'none' | 'lowConfidence' | 'overwritten';
    }
  /** The model's output holds something that is not a number. */
  | { readonly by: 'nobody' };

/** The least probability for which a type of the model's is answered. */
function thresholdOf(label: string, types: FileTypes, mode: PredictionMode): Fraction {
  switch (mode) {
    case 'high-confidence':
      return types.thresholds.get(label) ?? types.threshold;
    case 'medium-confidence':
      return types.threshold;
    case 'best-guess':
      return 0;
    default:
      return unreachable(mode);
  }
}

/** The answer for a file that has no tokens: too few bytes for the model. */
export function decodeShortFile({ size, head }: FileEnds, types: FileTypes): FileAnswer {
  if (size === 0) return { by: 'rule', rule: 'empty', type: fileType(types, 'empty') };
  const label = isUtf8(head) ? 'txt' : 'unknown';
  return { by: 'rule', rule: 'tooFewBytes', type: fileType(types, label) };
}

/**
 * The answer from the model's probabilities, by Magika's rules (magika 1.0.3,
 * `_get_output_label_from_dl_label_and_score`).
 *
 * @param scores one probability for each of the types' labels
 */
export function decodeFile(
  scores: ArrayLike<number>,
  types: FileTypes,
  mode: PredictionMode = 'high-confidence',
): FileAnswer {
  const best = argmax(scores);
  const label = types.labels[best];
  if (label === undefined) return { by: 'nobody' };
  const probability = scores[best] as number;
  const threshold = thresholdOf(label, types, mode);
  const choice = fileType(types, label);
  const meant = fileType(types, types.overwrite.get(label) ?? label);
  const sure = probability >= threshold;
  const type = sure ? meant : fileType(types, meant.isText ? 'txt' : 'unknown');
  const reason = type === choice ? 'none' : sure ? 'overwritten' : 'lowConfidence';
  return { by: 'model', type, choice, probability, threshold, reason };
}

/** The most probable types, the first of equal ones first; empty when one score is not a number. */
export function likeliestTypes(
  scores: ArrayLike<number>,
  types: FileTypes,
  most: number,
): TypeCandidate[] {
  if (argmax(scores) < 0) return [];
  return types.labels
    .map((label, at) => ({ type: fileType(types, label), probability: scores[at] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, most);
}

/** One sentence: why the answer is what it is. */
export function explainFile(answer: FileAnswer): string {
  switch (answer.by) {
    case 'nobody':
      return "The model's output is not a number.";
    case 'rule':
      return answer.rule === 'empty'
        ? 'There is nothing in this file.'
        : `Too few bytes for the model; by rule they are ${answer.type.isText ? 'text, as they are valid UTF-8' : 'unknown, as they are not valid UTF-8'}.`;
    case 'model':
      return explainModel(answer);
    default:
      return unreachable(answer);
  }
}

function explainModel(answer: FileAnswer & { by: 'model' }): string {
  const { choice, type, probability, threshold, reason } = answer;
  const says = `The model says ${choice.description} with ${percent(probability)}`;
  switch (reason) {
    case 'none':
      return `${says}.`;
    case 'lowConfidence':
      return `${says}, below the ${percent(threshold)} that this type requires, so the answer is only: ${type.description}.`;
    case 'overwritten':
      return `${says}, which is reported as: ${type.description}.`;
    default:
      return unreachable(reason);
  }
}
