import type { Dim } from './dim.ts';

/** Products of names ("" is the constant), sorted and joined by "*", and their coefficients. */
export type Polynomial = Map<string, number>;

/** Splits at a separator outside parentheses. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(from, i));
      from = i + separator.length;
    }
  }
  return [...parts, text.slice(from)];
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** Reads the text of a dimension. */
export function parse(dim: Dim): Polynomial {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const terms: Polynomial = new Map();
  for (const part of splitOutside(dim, ' + ')) {
    splitOutside(part, ' - ').forEach((term, i) => {
      const factors = splitOutside(term.replace(/^-(?=\D)/, '-1*'), '*');
      const coefficient = factors.reduce(
        (c, each) => (NUMBER.test(each) ? c * Number(each) : c),
        1,
      );
      const names = factors.filter((factor) => !NUMBER.test(factor));
      addTerm(terms, joined(names), i === 0 ? coefficient : -coefficient);
    });
  }
  return terms;
}

export const factorsOf = (names: string): string[] =>
  names === '' ? [] : splitOutside(names, '*');
const joined = (names: string[]): string => names.sort().join('*');

/** Adds to a polynomial in place. */
export function addTerm(terms: Polynomial, names: string, coefficient: number): void {
  const sum = (terms.get(names) ?? 0) + coefficient;
  if (sum === 0) terms.delete(names);
  else terms.set(names, sum);
}

/** The canonical text. */
export function print(terms: Polynomial): Dim {
  if (terms.size === 0) return 0;
  if (terms.size === 1 && terms.has('')) return terms.get('') as number;
  let text = '';
  // The constant last, and what is added before what is taken away.
  const place = ([names, coefficient]: [string, number]) =>
    names === '' ? 2 : Number(coefficient < 0);
  for (const [names, coefficient] of [...terms].sort(
    (a, b) => place(a) - place(b) || (a[0] < b[0] ? -1 : 1),
  )) {
    const size = Math.abs(coefficient);
    const term = names === '' ? String(size) : size === 1 ? names : `${size}*${names}`;
    if (text === '') text = coefficient < 0 ? `-${term}` : term;
    else text += coefficient < 0 ? ` - ${term}` : ` + ${term}`;
  }
  return text;
}

/** Product of two terms' names. */
export const times = (a: string, b: string): string => joined([...factorsOf(a), ...factorsOf(b)]);

/** Graded lexicographic order, greatest first, so that a product's first term is that of its factors. */
export function leading(terms: Polynomial): [names: string, coefficient: number] | undefined {
  let [first] = terms;
  for (const term of terms) if (first && isGreater(term[0], first[0])) first = term;
  return first;
}

function isGreater(a: string, b: string): boolean {
  const [left, right] = [factorsOf(a), factorsOf(b)];
  if (left.length !== right.length) return left.length > right.length;
  const at = left.findIndex((name, i) => name !== right[i]);
  return at >= 0 && (left[at] as string) < (right[at] as string);
}

/** The names of a term without those of a divisor; null when it lacks one. */
export function without(names: string, divisor: string): string | null {
  const left = factorsOf(names);
  for (const name of factorsOf(divisor)) {
    const at = left.indexOf(name);
    if (at < 0) return null;
    left.splice(at, 1);
  }
  return joined(left);
}
