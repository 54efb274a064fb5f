import type { NodePrecision } from '../../core/inspect/precision.ts';

/** Colour says precision, as for lanes; shapes, indices and what is not known stay quiet. */
export const TONES: Readonly<Record<NodePrecision, string>> = {
  fp32: 'var(--fp32)',
  fp16: 'var(--fp16)',
  int8: 'var(--int8)',
  int4: 'var(--int4)',
  other: 'var(--soft)',
};
