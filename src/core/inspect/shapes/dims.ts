import type { Dim } from './dim.ts';
import {
  addTerm,
  factorsOf,
  leading,
  type Polynomial,
  parse,
  print,
  splitOutside,
  times,
  without,
} from './polynomial.ts';

/** A name from a file, as a dimension; a text that is not a plain name is kept in parentheses. */
export function symbol(name: string): Dim {
  if (/^[A-Za-z_][\w.:[\]/-]*$/.test(name)) return name;
  let depth = 0;
  for (const char of name) {
    if (char === '(') depth++;
    // A ")" before its "(" keeps the depth off 0 for good.
    else if (char === ')') depth += depth > 0 ? -1 : Number.NaN;
  }
  return depth === 0 ? `(${name})` : `(${name.replaceAll('(', '⟨').replaceAll(')', '⟩')})`;
}

export function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const sum = parse(a);
  for (const [names, coefficient] of parse(b)) addTerm(sum, names, coefficient);
  return print(sum);
}

export function mul(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0; // -0 + 0 is 0.
  const result: Polynomial = new Map();
  for (const [left, x] of parse(a)) {
    for (const [right, y] of parse(b)) addTerm(result, times(left, right), x * y);
  }
  return print(result);
}

export const sub = (a: Dim, b: Dim): Dim => add(a, mul(b, -1));

export const product = (dims: readonly Dim[]): Dim => dims.reduce<Dim>(mul, 1);

/** a / b where it leaves no rest and whole coefficients; null where it does not. */
export function divideExactly(a: Dim, b: Dim): Dim | null {
  const divisor = parse(b);
  const first = leading(divisor);
  if (!first) return null;
  const rest = parse(a);
  const result: Polynomial = new Map();
  for (let term = leading(rest); term; term = leading(rest)) {
    const names = without(term[0], first[0]);
    if (names === null || term[1] % first[1] !== 0) return null;
    const coefficient = term[1] / first[1];
    addTerm(result, names, coefficient);
    for (const [each, value] of divisor) addTerm(rest, times(each, names), -value * coefficient);
  }
  return print(result);
}

const isSum = (text: string) =>
  splitOutside(text, ' + ').length > 1 || splitOutside(text, ' - ').length > 1;

const inParentheses = (dim: Dim) => (typeof dim === 'string' && isSum(dim) ? `(${dim})` : dim);

/** What a name of the form floor(a/b) stands for. */
function floored(name: string): { a: Dim; b: number } | null {
  // A product of two such names begins and ends as one does.
  if (splitOutside(name, '*').length > 1) return null;
  const [, inside, divisor] = /^floor\((.+)\/(\d+)\)$/.exec(name) ?? [];
  if (inside === undefined) return null;
  const bare = inside.slice(1, -1);
  // "(x - 1)" may as well be a name in a file, where it means the same.
  const wrapped = splitOutside(inside, '*').length === 1 && `(${bare})` === inside;
  const a = wrapped && isSum(bare) ? bare : inside;
  return { a, b: Number(divisor) };
}

/**
 * floor(a / b) for a positive whole `b`; multiples of `b` are taken out of the rounding, common
 * factors cancelled, and floor((floor(a / c) + k) / b) is floor((a + k*c) / (b*c)).
 */
export function floorDivide(a: Dim, b: number): Dim {
  if (typeof a === 'number') return Math.floor(a / b);
  const whole: Polynomial = new Map();
  const rest: Polynomial = new Map();
  for (const [names, coefficient] of parse(a)) {
    const out = Math.floor(coefficient / b);
    const multiple = coefficient % b === 0 || names === '' ? out : 0;
    if (multiple !== 0) addTerm(whole, names, multiple);
    if (coefficient !== multiple * b) addTerm(rest, names, coefficient - multiple * b);
  }
  const inside = print(rest);
  if (typeof inside === 'number') return add(print(whole), Math.floor(inside / b));
  const offset = rest.get('') ?? 0;
  const [name, ...others] = [...rest.keys()].filter(Boolean) as [string, ...string[]];
  const nested = others.length === 0 && rest.get(name) === 1 ? floored(name) : null;
  if (nested) {
    const inner = floorDivide(add(nested.a, offset * nested.b), nested.b * b);
    return add(print(whole), inner);
  }
  const shared = [...rest].reduce((g, [names, c]) => (names === '' ? g : divisor(g, c)), b);
  if (shared > 1) {
    const reduced = [...rest].map(([names, c]) => [names, Math.floor(c / shared)] as const);
    return add(print(whole), floorDivide(print(new Map(reduced)), b / shared));
  }
  return add(print(whole), `floor(${inParentheses(inside)}/${b})`);
}

/** Greatest common divisor. */
const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

/** ceil(a / b) for a positive whole `b`. */
export const ceilDivide = (a: Dim, b: number): Dim => floorDivide(add(a, b - 1), b);

/** Greatest common denominator of fractions that can be rounded. */
const MAX_PARTS = 64;

/**
 * An expression whose coefficients may be fractions as a whole one and its denominator; null where
 * they have no small common one, or where a name may be no whole number.
 */
function fraction(dim: string): { a: Dim; b: number } | null {
  if (mayBeAny(dim)) return null;
  const terms = [...parse(dim)];
  // A third times three is one again only up to the last digit.
  const isWhole = (x: number) => Math.abs(x - Math.round(x)) <= 1e-12 * Math.abs(x);
  for (let b = 1; b <= MAX_PARTS; b++) {
    if (!terms.every(([, coefficient]) => isWhole(coefficient * b))) continue;
    return { a: print(new Map(terms.map(([names, c]) => [names, Math.round(c * b)]))), b };
  }
  return null;
}

/** floor of a content of a float tensor; null where `fraction` is. */
export function floor(dim: Dim): Dim | null {
  if (typeof dim === 'number') return Math.floor(dim);
  const found = fraction(dim);
  return found && floorDivide(found.a, found.b);
}

/** ceil, as `floor`. */
export function ceil(dim: Dim): Dim | null {
  if (typeof dim === 'number') return Math.ceil(dim);
  const found = fraction(dim);
  return found && ceilDivide(found.a, found.b);
}

/** The least value that an expression can take, its names being sizes, which may be 0. */
export function lowerBound(dim: Dim): number {
  if (typeof dim === 'number') return dim;
  let bound = 0;
  for (const [names, coefficient] of parse(dim)) {
    const least = factorsOf(names).map(leastOf);
    const [only] = least;
    const known = least.length === 1 || least.every((each) => each >= 0);
    if (names !== '' && (coefficient < 0 || !known)) return Number.NEGATIVE_INFINITY;
    bound +=
      coefficient * (least.length === 1 ? (only as number) : least.reduce((a, b) => a * b, 1));
  }
  return bound;
}

function leastOf(name: string): number {
  if (name.startsWith(ANY)) return Number.NEGATIVE_INFINITY;
  const division = floored(name);
  return division ? Math.floor(lowerBound(division.a) / division.b) : 0;
}

/**
 * The size that two sizes broadcast to, by ONNX's (numpy's) rules: 1 gives way; a number beats a
 * name, which can only be that number or 1. Null where they cannot go together, or where two
 * names may differ.
 */
export function broadcastDim(a: Dim, b: Dim): Dim | null {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  if (typeof a === 'number') return typeof b === 'number' ? null : a;
  return typeof b === 'number' ? b : null;
}

export const isKnown = (dims: readonly Dim[]): dims is readonly number[] =>
  dims.every((dim) => typeof dim === 'number');

/** A size that nothing is known of carries a name that starts so; it stands for itself alone. */
export const UNKNOWN = '?';

const ANY = 'any(';

/** An item of a tensor's content of which nothing is known: unlike a size, it may be negative. */
export const anyItem = (fresh: () => Dim): Dim => `${ANY}${fresh()})`;

/** Whether a content may be any number, such as -1 where a shape is wanted. */
export const mayBeAny = (item: Dim): boolean => typeof item === 'string' && item.includes(ANY);

/** For people: an unknown size is a plain question mark. */
export const dimText = (dim: Dim): string =>
  typeof dim === 'string'
    ? dim.replaceAll(/any\((\?\d+)\)/g, '$1').replaceAll(/\?\d+/g, '?')
    : String(dim);
