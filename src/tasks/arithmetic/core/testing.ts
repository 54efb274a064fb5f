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
