import type { Mode, Problem } from './problem.ts';
import type { ArithmeticTask } from './task.ts';

/** A task as the zoo's recipe writes it, with factors of so many digits. */
export const taskOf = (digits = 4): ArithmeticTask => ({
  kind: 'arithmetic',
  tokens: 'tokens',
  logits: 'logits',
  cache: [{ past: 'past_key_0', present: 'present_key_0' }],
  heads: 4,
  headWidth: 24,
  context: 72,
  vocabulary: '0123456789*=?+:.',
  digits,
  think: '=',
  direct: '?',
  end: '.',
});

const reversed = (number: number, width: number) =>
  [...String(number).padStart(width, '0')].reverse().join('');

/** Flawless work, by schoolbook multiplication. */
export function workOf({ a, b }: Problem, mode: Mode, digits = 4): string {
  if (mode === 'direct') return `${reversed(a * b, 2 * digits)}.`;
  let [text, sum] = ['', 0];
  for (const [place, factor] of [...reversed(b, digits)].map(Number).entries()) {
    if (place > 0) text += '+';
    let carry = 0;
    for (const digit of [...reversed(a, digits)].map(Number)) {
      const product = digit * factor + carry;
      carry = Math.floor(product / 10);
      text += `${product % 10}${carry}`;
    }
    sum += a * factor * 10 ** place;
    if (place > 0) text += `:${reversed(sum, digits + 1 + place)}`;
  }
  return `${text}.`;
}
