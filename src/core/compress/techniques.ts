import { dynamicInt8 } from './dynamic/dynamic.ts';
import { fp16 } from './fp16/fp16.ts';
import { prepare } from './prepare/technique.ts';
import { prune } from './prune/technique.ts';
import { equalize } from './repair/equalize.ts';
import { smooth } from './repair/smooth.ts';
import { staticInt8 } from './static/technique.ts';
import type { Technique } from './technique.ts';
import { weightOnly } from './weights/weights.ts';

/**
 * Every technique, in the order in which those of one recipe are applied: what changes the float
 * model comes before what changes its numbers' type.
 */
export const TECHNIQUES = [
  prepare,
  prune,
  equalize,
  smooth,
  staticInt8,
  dynamicInt8,
  weightOnly,
  fp16,
] as const satisfies readonly Pick<Technique, 'id' | 'title' | 'sentence'>[];
