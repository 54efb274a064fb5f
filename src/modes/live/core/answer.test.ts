import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerWords, type LiveAnswer, sameAnswer } from './answer.ts';
import { named } from './testing.ts';

const speech = (probability: number): LiveAnswer => ({
  kind: 'speech',
  probability,
  threshold: 0.5,
});

/** Lines of text, each 100 × 20 pixels, at these heights. */
const boxes = (...tops: readonly number[]): LiveAnswer => ({
  kind: 'boxes',
  boxes: tops.map((y) => ({
    score: 0.9,
    corners: [
      { x: 0, y },
      { x: 100, y },
      { x: 100, y: y + 20 },
      { x: 0, y: y + 20 },
    ],
  })),
});

const answers = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map(named),
  fc.double({ min: 0, max: 1, noNaN: true }).map(speech),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 5 }))
    .map((tops) => boxes(...tops.map((top) => 40 * top))),
);

describe('whether two lanes say the same', () => {
  it('does not depend on who is asked first', () => {
    fc.assert(
      fc.property(answers, answers, (a, b) => {
        expect(sameAnswer(a, a)).toBe(true);
        expect(sameAnswer(a, b)).toBe(sameAnswer(b, a));
      }),
    );
  });

  it('is a matter of the first class, the side of the threshold, and boxes one by one', () => {
    expect(sameAnswer(named(1), named(2))).toBe(false);
    expect(sameAnswer(speech(0.5), speech(0.99))).toBe(true);
    expect(sameAnswer(speech(0.49), speech(0.5))).toBe(false);
    expect(sameAnswer(boxes(0, 40), boxes(42, 2))).toBe(true);
    expect(sameAnswer(boxes(0, 40), boxes(0))).toBe(false);
    expect(sameAnswer(boxes(0, 40), boxes(0, 60))).toBe(false);
    expect(sameAnswer(boxes(), boxes())).toBe(true);
  });

  it('is never so of what is no number', () => {
    const none: LiveAnswer = { kind: 'classes', top: [] };
    expect(sameAnswer(none, none)).toBe(false);
    expect(sameAnswer(speech(Number.NaN), speech(Number.NaN))).toBe(false);
    expect([none, speech(Number.NaN)].map(answerWords)).toEqual(['no number', 'no number']);
  });
});

it('says answers in a few words', () => {
  expect(
    [named(3), speech(0.974), speech(0.1), boxes(), boxes(0), boxes(0, 40)].map(answerWords),
  ).toEqual([
    'class 3, 100%',
    'speech, 0.974',
    'no speech, 0.100',
    'no text',
    'one line of text',
    '2 lines of text',
  ]);
});
