import * as v from 'valibot';
import type { Fraction } from '../../units.ts';
import { PRUNABLE } from './layers.ts';

/** So many of so many neighbours stay: "2:4". */
export const PATTERNS = ['none', '2:4', '1:4', '4:8'] as const;
export const MAX_SPARSITY = 0.95;

export const PruneOptions = v.object({
  sparsity: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_SPARSITY)), 0.3),
  method: v.optional(v.picklist(['magnitude', 'wanda']), 'magnitude'),
  pattern: v.optional(v.picklist(PATTERNS), 'none'),
  scope: v.optional(v.picklist(['layer', 'output', 'global']), 'layer'),
  operators: v.optional(v.picklist(['all', ...PRUNABLE]), 'all'),
  ends: v.optional(v.boolean(), true),
  keep: v.optional(v.array(v.string()), []),
});

export type PruneOptions = v.InferOutput<typeof PruneOptions>;

/** The share of pruned weights that is zero: a pattern sets its own. */
export function sparsityOf({ pattern, sparsity }: PruneOptions): Fraction {
  if (pattern === 'none') return sparsity;
  const [stay = 1, of = 1] = pattern.split(':').map(Number);
  return 1 - stay / of;
}
