import type { Mode, Problem } from './problem.ts';
import type { ArithmeticTask } from './task.ts';

/** A number as the model writes it: the lowest digit first, filled with zeros. */
export const backwards = (number: number, width: number): string =>
  [...String(number).padStart(width, '0')].reverse().join('');

/** Flawless work by schoolbook multiplication, in the form of `zoo/reasoner/language.py`. */
export function writtenWork(
  { a, b }: Problem,
  mode: Mode,
  { digits, end }: Pick<ArithmeticTask, 'digits' | 'end'>,
): string {
  if (mode === 'direct') return `${backwards(a * b, 2 * digits)}${end}`;
  let [text, sum] = ['', 0];
  for (const [place, factor] of [...backwards(b, digits)].map(Number).entries()) {
    if (place > 0) text += '+';
    let carry = 0;
    for (const digit of [...backwards(a, digits)].map(Number)) {
      const product = digit * factor + carry;
      carry = Math.floor(product / 10);
      text += `${product % 10}${carry}`;
    }
    sum += a * factor * 10 ** place;
    if (place > 0) text += `:${backwards(sum, digits + 1 + place)}`;
  }
  return `${text}${end}`;
}
