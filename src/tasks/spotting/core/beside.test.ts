import { describe, expect, it } from 'vitest';
import { besideAll, besideReference, besideWords } from './beside.ts';
import type { TextFound } from './counter.ts';
import { countedWords } from './words.ts';

const box = (x: number, y: number) => ({
  score: 1,
  corners: [
    { x, y },
    { x: x + 40, y },
    { x: x + 40, y: y + 10 },
    { x, y: y + 10 },
  ] as const,
});
const found = (...rows: number[]): TextFound => ({
  width: 100,
  height: 200,
  boxes: rows.map((row) => box(5, row)),
});
const words = (own: number[], reference: number[]) =>
  besideWords(besideReference(found(...own), found(...reference)), 'fp32');

describe('a lane beside the reference', () => {
  it('shares boxes, draws others and misses some', () => {
    const { shared, own, missed } = besideReference(found(1, 50, 99), found(0, 100, 150));
    expect(shared).toEqual([box(5, 1), box(5, 99)]);
    expect(own).toEqual([box(5, 50)]);
    expect(missed).toEqual([box(5, 150)]);
  });

  it.each([
    [[0, 20, 40], [0, 20, 40], 'Draws 3 boxes, around the same lines as fp32.'],
    [[0, 20], [0, 20, 40], 'Draws 2 boxes: 2 of fp32’s 3.'],
    [[0, 60], [0, 20], 'Draws 2 boxes: 1 of fp32’s 2, 1 that fp32 does not draw.'],
    [[], [0], 'Draws no box: 0 of fp32’s 1.'],
    [[], [], 'Draws no box, like the reference.'],
  ])('is told in a sentence: %j, %j', (own, reference, sentence) => {
    expect(words(own, reference)).toBe(sentence);
  });
});

it('finds what one of several sees alone', () => {
  const { shared, own, missed } = besideAll(found(0, 50, 100), [found(1), found(99, 150)]);
  expect([shared, own, missed]).toEqual([[box(5, 0), box(5, 100)], [box(5, 50)], []]);
});

it('tells what was counted over all pictures', () => {
  const boxes = { matched: 92, found: 94, expected: 94 };
  const lines = { matched: 67, found: 70, expected: 68 };
  expect(countedWords({ compared: 9, boxes, lines }, 'fp32')).toBe(
    'Counted: 92 of fp32’s 94 boxes in 9 pictures (and 2 others); 67 of 68 labelled lines, drawing 70 boxes there.',
  );
  expect(countedWords({ compared: 1, boxes, lines: null }, 'fp32')).toBeNull();
  expect(countedWords({ compared: 0, boxes: null, lines }, 'fp32')).toBe(
    'Counted: 67 of 68 labelled lines, drawing 70 boxes there.',
  );
});
