import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correction, layOut, type Row, type Written } from './layout.ts';
import type { Mode, Problem } from './problem.ts';
import { taskOf } from './testing.ts';
import { readWork } from './work.ts';
import { writtenWork } from './written.ts';

const task = taskOf();
const PROBLEM = { a: 1234, b: 5678 };

function rowsOf(text: string, problem: Problem = PROBLEM, mode: Mode = 'think'): Row[] {
  return layOut(text, readWork(text, problem, mode, task), problem, mode, task);
}

const show = (written: Written | null) =>
  written ? written.character + (written.instead ? `(${written.instead})` : '') : ' ';
const digitsOf = (row: Row | undefined) => row?.cells.map(({ digit }) => show(digit)).join('');
const carriesOf = (row: Row | undefined) => row?.cells.map(({ carry }) => show(carry)).join('');

describe('layOut', () => {
  it('sets rows under each other as a person does', () => {
    const rows = rowsOf(writtenWork(PROBLEM, 'think', task));
    expect(rows.map(digitsOf)).toEqual([
      '   09872',
      '  08638 ',
      '  096252',
      ' 07404  ',
      ' 0836652',
      '06170   ',
      '07006652',
    ]);
    expect(carriesOf(rows[0])).toBe('    123 ');
    expect(rows.map(({ kind }) => kind).join(' ')).toBe(
      'product product sum product sum product sum',
    );
  });

  it('shows every character as soon as it is written', () => {
    const whole = writtenWork(PROBLEM, 'think', task);
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        const shown = rowsOf(whole.slice(0, length))
          .flatMap(({ cells }) => cells.flatMap(({ digit, carry }) => [digit, carry]))
          .filter((written) => written !== null);
        expect(shown).toHaveLength(whole.slice(0, length).replace(/\D/g, '').length);
      }),
    );
  });

  it('marks what a wrong step wrote, and what belongs there, at once', () => {
    // 4 × 8 is 32, here 33; the steps after it are right by what they find.
    const rows = rowsOf('33728190');
    expect(digitsOf(rows[0])).toBe('   09873(2)');
    expect(carriesOf(rows[0])).toBe('    123 ');
  });

  it('marks a wrong sum digit by digit', () => {
    const text = writtenWork(PROBLEM, 'think', task).replace(':252690', ':352690');
    expect(digitsOf(rowsOf(text)[2])).toBe('  096253(2)');
    const [wrong] = readWork(text, PROBLEM, 'think', task).steps.filter(({ right }) => !right);
    expect(wrong && correction(wrong)).toBe('9872 + 86380 is 96252, not 96253.');
  });

  it('judges an answer without steps when it is whole', () => {
    expect(digitsOf(rowsOf('2566007', PROBLEM, 'direct')[0])).toBe(' 7006652');
    expect(digitsOf(rowsOf('25660071.', PROBLEM, 'direct')[0])).toBe('1(0)7006652');
  });

  it('shows nothing of what left the form', () => {
    expect(digitsOf(rowsOf('23:9')[0])).toBe('       2');
  });

  it('finds nothing to correct in flawless work', () => {
    const factor = fc.nat(9999);
    fc.assert(
      fc.property(fc.record({ a: factor, b: factor }), (problem) => {
        const rows = rowsOf(writtenWork(problem, 'think', task), problem);
        const wrong = rows.flatMap(({ cells }) =>
          cells.filter(({ digit, carry }) => digit?.instead ?? carry?.instead),
        );
        expect(wrong).toEqual([]);
        expect(Number(digitsOf(rows.at(-1)))).toBe(problem.a * problem.b);
      }),
    );
  });
});

it('says what a wrong product is', () => {
  const step = { kind: 'product', right: false, span: [0, 2] } as const;
  expect(correction({ ...step, a: 4, b: 8, carryIn: 0, digit: 3, carry: 3 })).toBe(
    '4 × 8 is 32, not 33.',
  );
  expect(correction({ ...step, a: 3, b: 8, carryIn: 3, digit: 7, carry: 3 })).toBe(
    '3 × 8 + 3 is 27, not 37.',
  );
});
