import type { Mode, Problem } from './problem.ts';
import type { ArithmeticTask } from './task.ts';

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

/** Digits with the lowest first. */
const numberOf = (digits: readonly number[]): number =>
  digits.reduceRight((value, digit) => 10 * value + digit, 0);

const digitOf = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;

/** Reads from left to right; null where the text ends, or leaves the form, before all is there. */
class WorkReader {
  readonly steps: WorkStep[] = [];
  brokenAt: number | null = null;
  readonly #text: string;
  readonly #problem: Problem;
  readonly #digits: number;
  #at = 0;

  constructor(text: string, problem: Problem, digits: number) {
    this.#text = text;
    this.#problem = problem;
    this.#digits = digits;
  }

  /** The answer after all steps. */
  worked(): number | null {
    let sum = this.#partial(0);
    for (let place = 1; place < this.#digits && sum !== null; place++) {
      if (!this.mark('+')) return null;
      const partial = this.#partial(place);
      if (partial === null || !this.mark(':')) return null;
      sum = this.#sum(sum, partial * 10 ** place, this.#digits + 1 + place);
    }
    return sum;
  }

  /** The answer alone. */
  plain(): number | null {
    const digits = this.#take(2 * this.#digits);
    return digits && numberOf(digits);
  }

  mark(character: string): boolean {
    return this.#next((found) => found === character) !== null;
  }

  /** The first factor times one digit of the second. */
  #partial(place: number): number | null {
    const b = digitOf(this.#problem.b, place);
    const partial: number[] = [];
    let carryIn = 0;
    for (let i = 0; i < this.#digits; i++) {
      const start = this.#at;
      const [digit, carry] = this.#take(2) ?? [];
      if (digit === undefined || carry === undefined) return null;
      const a = digitOf(this.#problem.a, i);
      const right = digit + 10 * carry === a * b + carryIn;
      const span = [start, this.#at] as const;
      this.steps.push({ kind: 'product', a, b, carryIn, digit, carry, right, span });
      partial.push(digit);
      carryIn = carry;
    }
    return numberOf([...partial, carryIn]);
  }

  #sum(before: number, added: number, count: number): number | null {
    const start = this.#at;
    const digits = this.#take(count);
    if (!digits) return null;
    const sum = numberOf(digits);
    const span = [start, this.#at] as const;
    this.steps.push({ kind: 'sum', before, added, sum, right: sum === before + added, span });
    return sum;
  }

  #take(count: number): number[] | null {
    const digits: number[] = [];
    while (digits.length < count) {
      const digit = this.#next((found) => /\d/.test(found));
      if (digit === null) return null;
      digits.push(Number(digit));
    }
    return digits;
  }

  #next(fits: (character: string) => boolean): string | null {
    const character = this.#text[this.#at];
    if (character === undefined) return null;
    if (!fits(character)) {
      this.brokenAt = this.#at;
      return null;
    }
    this.#at += 1;
    return character;
  }
}

/**
 * Reads what the model wrote after its prompt, complete or not yet, in the form that
 * `zoo/reasoner/language.py` defines.
 */
export function readWork(
  text: string,
  problem: Problem,
  mode: Mode,
  { digits, end }: Pick<ArithmeticTask, 'digits' | 'end'>,
): Work {
  const reader = new WorkReader(text, problem, digits);
  const read = mode === 'think' ? reader.worked() : reader.plain();
  const answer = read !== null && reader.mark(end) ? read : null;
  const right = answer === null ? null : answer === problem.a * problem.b;
  return { steps: reader.steps, answer, right, brokenAt: reader.brokenAt };
}
