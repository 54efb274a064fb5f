import type { Rule, Rules } from '../view.ts';
import { ELEMENTWISE } from './elementwise.ts';

/** Rules by domain. */
const DOMAINS: Readonly<Record<string, Rules>> = {
  '': { ...ELEMENTWISE },
  'com.microsoft': {},
};

/** The rule for an operator, or null when there is none. */
export function ruleFor(domain: string, operator: string): Rule | null {
  const rules = DOMAINS[domain];
  return rules && Object.hasOwn(rules, operator) ? (rules[operator] ?? null) : null;
}
