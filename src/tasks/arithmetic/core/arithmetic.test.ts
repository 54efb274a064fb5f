import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../../core/inspect/inspect.ts';
import { zooFile, zooManifest } from '../../../core/models/zoo.testing.ts';
import { readModel } from '../../../core/onnx/read.ts';
import { timedPast } from './feeds.ts';
import { answerLength, type Mode, promptOf, readProblem } from './problem.ts';
import { taskOf } from './testing.ts';
import { decode, encode } from './tokens.ts';
import { readWork } from './work.ts';
import { writtenWork } from './written.ts';

const task = taskOf();
const factor = fc.integer({ min: 0, max: 9999 });
const problem = fc.record({ a: factor, b: factor });
const mode = fc.constantFrom<Mode>('think', 'direct');

/** Written by the recipe: per file, greedy answers to held-out problems, prompts included. */
const PYTHON: Record<string, Record<'thinking' | 'direct', string[]>> = JSON.parse(
  readFileSync(new URL('./fixtures/greedy.json', import.meta.url), 'utf8'),
);

describe('readProblem', () => {
  it('reads a product however it is written', () => {
    for (const text of ['12*34', ' 12 × 34 = ', '12x34', '0012·034', '12 X 34']) {
      expect(readProblem(text, task)).toEqual({ a: 12, b: 34 });
    }
    expect(readProblem('0*00000', task)).toEqual({ a: 0, b: 0 });
  });

  it.each([
    ['', '"" is not a product of two whole numbers, such as 12 × 34.'],
    ['12 + 34', '"12 + 34" is not a product of two whole numbers, such as 12 × 34.'],
    ['1.5 * 2', '"1.5 * 2" is not a product of two whole numbers, such as 12 × 34.'],
    ['-3 * 2', '"-3 * 2" is not a product of two whole numbers, such as 12 × 34.'],
    ['2 * 3 * 4', '"2 * 3 * 4" is not a product of two whole numbers, such as 12 × 34.'],
    ['12345 * 6', '12345 has 5 digits; the model was trained on factors of at most 4 digits.'],
  ])('refuses "%s" in a sentence', (text, message) => {
    expect(() => readProblem(text, task)).toThrow(
      expect.objectContaining({ name: 'UnsupportedInputError', message }),
    );
  });
});

describe('prompts and work', () => {
  it('are those that the recipe writes', () => {
    expect(Object.keys(PYTHON)).toHaveLength(6);
    for (const [name, written] of Object.entries(PYTHON)) {
      for (const [kind, marked] of [
        ['thinking', 'think'],
        ['direct', 'direct'],
      ] as const) {
        for (const text of written[kind]) {
          const asked = readProblem(text.slice(0, 9), task);
          const prompt = promptOf(asked, marked, task);
          expect(text.startsWith(prompt), name).toBe(true);
          expect(text.length - prompt.length, name).toBe(answerLength(marked, task));
        }
      }
    }
  });

  it('are flawless where the well-trained model wrote them', () => {
    const written = PYTHON['reasoner-fp32.onnx']?.thinking ?? [];
    expect(written.length).toBeGreaterThan(0);
    for (const text of written) {
      const asked = readProblem(text.slice(0, 9), task);
      expect(text).toBe(promptOf(asked, 'think', task) + writtenWork(asked, 'think', task));
    }
  });

  it('are inverses as text and as tokens', () => {
    fc.assert(
      fc.property(problem, mode, (asked, kind) => {
        const text = promptOf(asked, kind, task) + writtenWork(asked, kind, task);
        expect(decode(encode(text, task), task)).toBe(text);
      }),
    );
    expect(() => encode('12a', task)).toThrow('The model has no token for "a".');
    expect(() => decode([16], task)).toThrow('There is no token 16.');
  });
});

it('costs as many MACs as the recipe counted, run by run', () => {
  const entry = zooManifest().models.find(({ id }: { id: string }) => id === 'reasoner');
  const file = 'reasoner-fp32.onnx';
  const model = readModel(zooFile(file), file);
  const macs = (length: number, past: number) =>
    inspect(model, file, 1, { sizes: { batch: 1, length, past } }).cost.macs;
  const prompt = macs(10, 0);
  expect(prompt).toBe(entry.promptMacs);
  let whole = prompt;
  for (let run = 1; run < answerLength('think', task); run++) whole += macs(1, 9 + run);
  expect(whole).toBe(entry.answerMacs);
  expect(macs(1, timedPast(task))).toBe(entry.macs);
});

describe('readWork', () => {
  it('finds every step of flawless work right, at any size of factors', () => {
    fc.assert(
      fc.property(problem, mode, fc.integer({ min: 1, max: 4 }), ({ a, b }, kind, digits) => {
        const asked = { a: a % 10 ** digits, b: b % 10 ** digits };
        const work = readWork(
          writtenWork(asked, kind, taskOf(digits)),
          asked,
          kind,
          taskOf(digits),
        );
        expect(work).toMatchObject({ answer: asked.a * asked.b, right: true, brokenAt: null });
        expect(work.steps.every(({ right }) => right)).toBe(true);
        const products = work.steps.filter(({ kind }) => kind === 'product').length;
        expect(products).toBe(kind === 'think' ? digits * digits : 0);
      }),
    );
  });

  it('calls the step wrong in which a digit was changed', () => {
    const place = fc.integer({ min: 0, max: answerLength('think', task) - 2 });
    fc.assert(
      fc.property(problem, place, fc.integer({ min: 1, max: 9 }), (asked, at, by) => {
        const text = writtenWork(asked, 'think', task);
        fc.pre(/\d/.test(text.charAt(at)));
        const changed = `${text.slice(0, at)}${(Number(text.charAt(at)) + by) % 10}${text.slice(at + 1)}`;
        const work = readWork(changed, asked, 'think', task);
        const [first] = work.steps.filter(({ right }) => !right);
        expect(first?.span[0]).toBeLessThanOrEqual(at);
        expect(first?.span[1]).toBeGreaterThan(at);
      }),
    );
  });

  it('reads what is complete while it is being written', () => {
    fc.assert(
      fc.property(problem, fc.nat(answerLength('think', task) - 1), (asked, length) => {
        const whole = writtenWork(asked, 'think', task);
        const { steps } = readWork(whole, asked, 'think', task);
        const part = readWork(whole.slice(0, length), asked, 'think', task);
        expect(part).toMatchObject({ answer: null, right: null, brokenAt: null });
        expect(part.steps).toEqual(steps.filter(({ span }) => span[1] <= length));
      }),
    );
  });

  it('says where the form is left', () => {
    const asked = { a: 12, b: 34 };
    const work = readWork('80:', asked, 'think', task);
    expect(work).toMatchObject({ answer: null, right: null, brokenAt: 2 });
    expect(work.steps).toEqual([
      { kind: 'product', a: 2, b: 4, carryIn: 0, digit: 8, carry: 0, right: true, span: [0, 2] },
    ]);
    expect(readWork('804000005', asked, 'direct', task)).toMatchObject({
      answer: null,
      brokenAt: 8,
    });
    expect(readWork('80400000.', asked, 'direct', task)).toMatchObject({
      answer: 408,
      right: true,
    });
    expect(readWork('90400000.', asked, 'direct', task)).toMatchObject({
      answer: 409,
      right: false,
    });
  });
});
