import type { Mode, Problem } from './problem.ts';

/** One digit times one digit, and the carry of the step before. */
export interface ProductStep {
  readonly kind: 'product';
  readonly a: number;
  readonly b: number;
  readonly carryIn: number;
  /** As written: the digit to note and the carry. */
  readonly digit: number;
  readonly carry: number;
  /** Whether digit + 10 carry is a b + carryIn. */
  readonly right: boolean;
  /** Place in the written text, the first character and the one after the last. */
  readonly span: Span;
}

/** A partial product added to the running sum, as many places further left as digits came before. */
export interface SumStep {
  readonly kind: 'sum';
  readonly before: number;
  readonly added: number;
  /** As written. */
  readonly sum: number;
  /** Whether `sum` is before + added. */
  readonly right: boolean;
  readonly span: Span;
}

export type WorkStep = ProductStep | SumStep;
export type Span = readonly [start: number, end: number];

export interface Work {
  /** In the order of writing. Each is judged by what was written before it, so that an error counts once. */
  readonly steps: readonly WorkStep[];
  /** Null until it is complete. */
  readonly answer: number | null;
  /** Whether the answer is the product; null without one. */
  readonly right: boolean | null;
  /** Where the text leaves the form that the model was taught; null if it does not. */
  readonly brokenAt: number | null;
}

/** Reads characters from left to right; `null` when the text ends, or leaves the form, before all are there. */
class Reader {
  at = 0;
  brokenAt: number | null = null;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** `count` digits, the lowest first, in order. */
  digits(count: number): number[] | null {
    return this.#take(count, /\d/)?.map(Number) ?? null;
  }

  mark(character: string): boolean {
    return this.#take(1, character) !== null;
  }

  #take(count: number, expected: RegExp | string): string[] | null {
    const taken: string[] = [];
    for (let i = this.at; i < this.at + count; i++) {
      const character = this.text[i];
      if (character === undefined) return null;
      if (typeof expected === 'string' ? character !== expected : !expected.test(character)) {
        this.brokenAt = i;
        return null;
      }
      taken.push(character);
    }
    this.at += count;
    return taken;
  }
}

/** Digits with the lowest first. */
const numberOf = (digits: readonly number[]): number =>
  digits.reduceRight((value, digit) => 10 * value + digit, 0);

const digitOf = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;

/** The steps of one digit of the second factor; the partial product, or null while it is not complete. */
function readPartial(
  reader: Reader,
  { a, b }: Problem,
  place: number,
  digits: number,
  steps: WorkStep[],
): number | null {
  const factor = digitOf(b, place);
  const partial: number[] = [];
  let carryIn = 0;
  for (let i = 0; i < digits; i++) {
    const start = reader.at;
    const written = reader.digits(2);
    if (!written) return null;
    const [digit, carry] = written as [number, number];
    const step = { a: digitOf(a, i), b: factor, carryIn, digit, carry };
    const right = digit + 10 * carry === step.a * factor + carryIn;
    steps.push({ kind: 'product', ...step, right, span: [start, reader.at] });
    partial.push(digit);
    carryIn = carry;
  }
  return numberOf([...partial, carryIn]);
}

function readSum(
  reader: Reader,
  before: number,
  added: number,
  count: number,
  steps: WorkStep[],
): number | null {
  const start = reader.at;
  const written = reader.digits(count);
  if (!written) return null;
  const sum = numberOf(written);
  steps.push({
    kind: 'sum',
    before,
    added,
    sum,
    right: sum === before + added,
    span: [start, reader.at],
  });
  return sum;
}

function readSteps(
  reader: Reader,
  problem: Problem,
  digits: number,
  steps: WorkStep[],
): number | null {
  let sum = readPartial(reader, problem, 0, digits, steps);
  for (let place = 1; place < digits && sum !== null; place++) {
    if (!reader.mark('+')) return null;
    const partial = readPartial(reader, problem, place, digits, steps);
    if (partial === null || !reader.mark(':')) return null;
    sum = readSum(reader, sum, partial * 10 ** place, digits + 1 + place, steps);
  }
  return sum;
}

/**
 * Reads what the model wrote after its prompt, complete or not yet, in the form that
 * `zoo/reasoner/language.py` defines.
 */
export function readWork(
  text: string,
  problem: Problem,
  mode: Mode,
  { digits, end }: { readonly digits: number; readonly end: string },
): Work {
  const reader = new Reader(text);
  const steps: WorkStep[] = [];
  const answer =
    mode === 'think'
      ? readSteps(reader, problem, digits, steps)
      : nullOr(reader.digits(2 * digits));
  const complete = answer !== null && reader.mark(end) ? answer : null;
  const right = complete === null ? null : complete === problem.a * problem.b;
  return { steps, answer: complete, right, brokenAt: reader.brokenAt };
}

const nullOr = (digits: readonly number[] | null): number | null => digits && numberOf(digits);
