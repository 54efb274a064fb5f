import type { Technique } from './technique.ts';

/**
 * Every technique, in the order in which those of one recipe are applied: what changes the float
 * model comes before what changes its numbers' type.
 */
export const TECHNIQUES = [] as const satisfies readonly Technique<string, never>[];
