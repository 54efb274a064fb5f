import type { NodeArithmetic } from '../../core/inspect/profile/executed.ts';

/** Colour says precision, as everywhere. */
export const ARITHMETIC_COLOURS: Readonly<Record<NodeArithmetic, string>> = {
  fp32: 'var(--fp32)',
  fp16: 'var(--fp16)',
  int8: 'var(--int8)',
};
