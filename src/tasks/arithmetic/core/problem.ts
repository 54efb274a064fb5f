import { Fault } from '../../../core/errors.ts';
import type { ArithmeticTask } from './task.ts';

/** A multiplication. */
export interface Problem {
  readonly a: number;
  readonly b: number;
}

/** Whether the steps are to be written. */
export type Mode = 'think' | 'direct';

const WRITTEN = /^\s*(\d+)\s*[*×x·]\s*(\d+)\s*=?\s*$/i;

function factor(digits: string, most: number): number {
  const significant = digits.replace(/^0+(?=\d)/, '');
  if (significant.length <= most) return Number(significant);
  throw new Fault(
    'UnsupportedInputError',
    `${significant} has ${significant.length} digits; the model was trained on factors of at most ${most} digits.`,
  );
}

/**
 * Reads what a person types: "12 * 34", "12×34=".
 * @throws Fault UnsupportedInputError when it is no product of two whole numbers of the model's size
 */
export function readProblem(text: string, task: Pick<ArithmeticTask, 'digits'>): Problem {
  const [, a, b] = WRITTEN.exec(text) ?? [];
  if (a === undefined || b === undefined) {
    throw new Fault(
      'UnsupportedInputError',
      `"${text.trim()}" is not a product of two whole numbers, such as 12 × 34.`,
    );
  }
  return { a: factor(a, task.digits), b: factor(b, task.digits) };
}

/** As the model was trained to read it: "0012*0034=". */
export function promptOf({ a, b }: Problem, mode: Mode, task: ArithmeticTask): string {
  const [first, second] = [a, b].map((number) => String(number).padStart(task.digits, '0'));
  return `${first}*${second}${task[mode]}`;
}

/** Characters of an answer, the end included. */
export function answerLength(mode: Mode, { digits }: Pick<ArithmeticTask, 'digits'>): number {
  const total = 2 * digits;
  if (mode === 'direct') return total + 1;
  let sums = 0;
  for (let place = 1; place < digits; place++) sums += 2 + digits + 1 + place;
  return 2 * digits * digits + sums + 1;
}
