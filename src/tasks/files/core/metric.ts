import type { FileAnswer } from './decode.ts';

/** Where two lanes answered differently about one file. */
export interface FileDisagreement {
  readonly index: number;
  readonly answer: FileAnswer;
  readonly reference: FileAnswer;
}

export interface FileAgreement {
  readonly compared: number;
  /** Files for which the user gets the same type, whatever the probabilities. */
  readonly same: number;
  readonly disagreements: readonly FileDisagreement[];
}

/** The label a user sees; null without a usable answer. */
export const answeredLabel = (answer: FileAnswer): string | null =>
  answer.by === 'nobody' ? null : answer.type.label;

/**
 * Compares answers on the same files, in the same order. No answer agrees with nothing.
 * @throws RangeError when there are not as many of either
 */
export function compareAnswers(
  answers: readonly FileAnswer[],
  reference: readonly FileAnswer[],
): FileAgreement {
  if (answers.length !== reference.length) {
    throw new RangeError(
      `${answers.length} answers, but ${reference.length} to compare them with.`,
    );
  }
  const disagreements = answers.flatMap((answer, index) => {
    const wanted = reference[index] as FileAnswer;
    const label = answeredLabel(answer);
    return label !== null && label === answeredLabel(wanted)
      ? []
      : [{ index, answer, reference: wanted }];
  });
  const compared = answers.length;
  return { compared, same: compared - disagreements.length, disagreements };
}
