import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClassesAnswer, classAnswers } from './answer.ts';

const { same, words, rows } = classAnswers;

const named = (index: number): ClassesAnswer => ({
  top: [{ index, label: `class ${index}`, probability: 1 }],
});
const none: ClassesAnswer = { top: [] };

describe('whether two lanes name the same class', () => {
  it('does not depend on who is asked first', () => {
    const answers = fc.integer({ min: 0, max: 3 }).map(named);
    fc.assert(
      fc.property(answers, answers, (a, b) => {
        expect(same(a, a)).toBe(true);
        expect(same(a, b)).toBe(same(b, a));
      }),
    );
  });

  it('is a matter of the first class, and never so of what is no number', () => {
    expect(same(named(1), named(2))).toBe(false);
    expect(same(none, none)).toBe(false);
    expect(same(named(1), none)).toBe(false);
  });
});

it('says classes in a few words, and in rows', () => {
  expect([named(3), none].map(words)).toEqual(['class 3, 100%', 'no number']);
  expect(rows(named(3))).toEqual([{ label: 'class 3', value: '100%', share: 1 }]);
  expect(rows(none)).toEqual([{ label: 'no number', value: '', share: 0 }]);
});
