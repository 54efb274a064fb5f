import type { Typed } from '../../core/energy/watts.ts';

/** What stands below a field; null while nothing is wrong with it. */
export const whyWrong = (typed: Typed): string | null =>
  typed.state === 'wrong' ? typed.why : null;
