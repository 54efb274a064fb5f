/** Written work as a person lays it out: row under row, the lowest digits on the right. */
import type { Mode, Problem } from './problem.ts';
import type { ArithmeticTask } from './task.ts';
import type { Work, WorkStep } from './work.ts';
import { backwards } from './written.ts';

/** One character as written. */
export interface Written {
  readonly character: string;
  /** What the step should have written there, by what stood before it; null where it is right. */
  readonly instead: string | null;
}

/** A place in a row. */
export interface Cell {
  readonly digit: Written | null;
  /** Carried to this place from the one on its right. */
  readonly carry: Written | null;
}

export interface Row {
  readonly kind: 'product' | 'sum' | 'answer';
  /** By which power of ten the row stands further left. */
  readonly place: number;
  /** From left to right, as many as the product has digits. */
  readonly cells: readonly Cell[];
}

/** Where a character of the answer belongs; `column` counts from the right. */
interface Slot {
  readonly row: number;
  readonly column: number;
  readonly part: keyof Cell;
}

type Form = readonly Pick<Row, 'kind' | 'place'>[];

/** The rows of an answer from top to bottom. */
function formOf(mode: Mode, digits: number): Form {
  if (mode === 'direct') return [{ kind: 'answer', place: 0 }];
  return Array.from(
    { length: digits },
    (_, place): Form => [
      { kind: 'product', place },
      ...(place > 0 ? ([{ kind: 'sum', place }] as const) : []),
    ],
  ).flat();
}

/** A slot for each character; null for those that only part one row from the next. */
function slotsOf(form: Form, digits: number): (Slot | null)[] {
  return form.flatMap(({ kind, place }, row): (Slot | null)[] => {
    const digit = (column: number): Slot => ({ row, column, part: 'digit' });
    if (kind === 'answer') return Array.from({ length: 2 * digits }, (_, i) => digit(i));
    if (kind === 'sum') {
      return [null, ...Array.from({ length: digits + 1 + place }, (_, i) => digit(i))];
    }
    const steps = Array.from({ length: digits }, (_, i): Slot[] => [
      digit(place + i),
      // The last carry is written down: no further digit takes it.
      { row, column: place + i + 1, part: i === digits - 1 ? 'digit' : 'carry' },
    ]).flat();
    return place > 0 ? [null, ...steps] : steps;
  });
}

/** What a step should have written. */
function flawless(step: WorkStep): string {
  const [start, end] = step.span;
  if (step.kind === 'sum') return backwards(step.before + step.added, end - start);
  const product = step.a * step.b + step.carryIn;
  return `${product % 10}${Math.floor(product / 10)}`;
}

/** What should stand at each place of the text that is wrong. */
function corrections(
  { steps, answer }: Work,
  { a, b }: Problem,
  mode: Mode,
  digits: number,
): Map<number, string> {
  const right = new Map<number, string>();
  for (const step of steps) {
    if (step.right) continue;
    for (const [i, character] of [...flawless(step)].entries()) {
      right.set(step.span[0] + i, character);
    }
  }
  // Without steps there is nothing to judge before the whole answer.
  if (mode === 'direct' && answer !== null) {
    for (const entry of [...backwards(a * b, 2 * digits)].entries()) right.set(...entry);
  }
  return right;
}

/** @param text what the model wrote after its prompt, of which `work` was read */
export function layOut(
  text: string,
  work: Work,
  problem: Problem,
  mode: Mode,
  { digits }: Pick<ArithmeticTask, 'digits'>,
): Row[] {
  const form = formOf(mode, digits);
  const right = corrections(work, problem, mode, digits);
  const rows = form.map(() =>
    Array.from(
      { length: 2 * digits },
      () =>
        ({ digit: null, carry: null }) as {
          -readonly [part in keyof Cell]: Cell[part];
        },
    ),
  );
  const upTo = Math.min(text.length, work.brokenAt ?? text.length);
  for (const [i, slot] of slotsOf(form, digits).entries()) {
    if (i >= upTo || !slot) continue;
    const character = text.charAt(i);
    const expected = right.get(i) ?? character;
    const cell = rows[slot.row]?.at(-1 - slot.column);
    if (cell) cell[slot.part] = { character, instead: expected === character ? null : expected };
  }
  return form.map((row, i) => ({ ...row, cells: rows[i] ?? [] }));
}

/** A wrong step in a sentence: "8 × 3 + 2 is 26, not 36." */
export function correction(step: WorkStep): string {
  if (step.kind === 'sum') {
    return `${step.before} + ${step.added} is ${step.before + step.added}, not ${step.sum}.`;
  }
  const { a, b, carryIn, digit, carry } = step;
  const asked = carryIn === 0 ? `${a} × ${b}` : `${a} × ${b} + ${carryIn}`;
  return `${asked} is ${a * b + carryIn}, not ${digit + 10 * carry}.`;
}
