/**
 * Symbolic dimensions. A dimension is a number, or the canonical text of a polynomial with whole
 * coefficients over names: "batch", "2*h + 1", "batch*seq". What is not a polynomial, such as a
 * division that leaves a rest, becomes a name of its own: "floor((h + 1)/2)". Equal texts are
 * equal sizes; different ones may be equal all the same.
 */
export type Dim = number | string;

/** Products of names ("" is the constant) and their coefficients. */
type Polynomial = Map<string, number>;

/** Splits at a separator outside parentheses. */
function splitOutside(text: string, separator: string): string[] {
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

function parse(dim: Dim): Polynomial {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const terms: Polynomial = new Map();
  for (const term of splitOutside(dim.replaceAll(' - ', ' + -'), ' + ')) {
    const factors = splitOutside(term.replace(/^-(?=\D)/, '-1*'), '*');
    const numbers = factors.filter((factor) => /^-?\d+$/.test(factor));
    const names = factors.filter((factor) => !/^-?\d+$/.test(factor));
    addTerm(
      terms,
      names.join('*'),
      numbers.reduce((product, each) => product * Number(each), 1),
    );
  }
  return terms;
}

function addTerm(terms: Polynomial, names: string, coefficient: number): void {
  const sum = (terms.get(names) ?? 0) + coefficient;
  if (sum === 0) terms.delete(names);
  else terms.set(names, sum);
}

function print(terms: Polynomial): Dim {
  if (terms.size === 0) return 0;
  if (terms.size === 1 && terms.has('')) return terms.get('') as number;
  return [...terms]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
    .map(([names, coefficient]) => {
      if (names === '') return String(coefficient);
      if (coefficient === 1) return names;
      return coefficient === -1 ? `-${names}` : `${coefficient}*${names}`;
    })
    .join(' + ')
    .replaceAll('+ -', '- ');
}

/** A name from a file, as a dimension; a text that is not a plain name is kept in parentheses. */
export function symbol(name: string): Dim {
  return /^[A-Za-z_?][\w.?:[\]/-]*$/.test(name) && !/ - /.test(name) ? name : `(${name})`;
}

export function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const sum = parse(a);
  for (const [names, coefficient] of parse(b)) addTerm(sum, names, coefficient);
  return print(sum);
}

export function mul(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const result: Polynomial = new Map();
  for (const [left, x] of parse(a)) {
    for (const [right, y] of parse(b)) {
      const names = [...splitOutside(left, '*'), ...splitOutside(right, '*')].filter(Boolean);
      addTerm(result, names.sort().join('*'), x * y);
    }
  }
  return print(result);
}

export const sub = (a: Dim, b: Dim): Dim => add(a, mul(b, -1));

export const product = (dims: readonly Dim[]): Dim => dims.reduce<Dim>(mul, 1);

/** a / b where every term of `a` is a multiple of the one term of `b`; null where it is not. */
export function divideExactly(a: Dim, b: Dim): Dim | null {
  const divisor = [...parse(b)];
  const [only] = divisor;
  if (!only || divisor.length > 1) return a === b ? 1 : null;
  const [names, coefficient] = only;
  const wanted = names === '' ? [] : splitOutside(names, '*');
  const result: Polynomial = new Map();
  for (const [term, value] of parse(a)) {
    const left = term === '' ? [] : splitOutside(term, '*');
    for (const name of wanted) {
      const at = left.indexOf(name);
      if (at < 0) return null;
      left.splice(at, 1);
    }
    if (value % coefficient !== 0) return null;
    addTerm(result, left.join('*'), value / coefficient);
  }
  return print(result);
}

const inParentheses = (dim: Dim) =>
  typeof dim === 'string' && splitOutside(dim, ' ').length > 1 ? `(${dim})` : dim;

/** floor(a / b) for a positive whole `b`; multiples of `b` are taken out of the rounding. */
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
  return add(print(whole), `floor(${inParentheses(inside)}/${b})`);
}

/** ceil(a / b) for a positive whole `b`. */
export const ceilDivide = (a: Dim, b: number): Dim => floorDivide(add(a, b - 1), b);

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

/** For people: an unknown size is a plain question mark. */
export const dimText = (dim: Dim): string =>
  typeof dim === 'string' ? dim.replaceAll(/\?\d+/g, '?') : String(dim);
