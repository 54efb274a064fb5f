import type { Rule, Rules } from '../view.ts';
import { CREATE } from './create.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { GATHER } from './gather.ts';
import { MOVE } from './move.ts';
import { SEQUENCE } from './sequence.ts';
import { SHAPE } from './shape.ts';
import { SLICE } from './slice.ts';
import { UNARY } from './unary.ts';

/** Rules by domain. */
const DOMAINS: Readonly<Record<string, Rules>> = {
  '': {
    ...UNARY,
    ...ELEMENTWISE,
    ...SHAPE,
    ...CREATE,
    ...MOVE,
    ...SLICE,
    ...GATHER,
    ...SEQUENCE,
  },
  'com.microsoft': {},
};

/** The rule for an operator, or null when there is none. */
export function ruleFor(domain: string, operator: string): Rule | null {
  const rules = DOMAINS[domain];
  return rules && Object.hasOwn(rules, operator) ? (rules[operator] ?? null) : null;
}
