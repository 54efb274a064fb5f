import { expect, it } from 'vitest';
import { targetOf } from './targetOf.ts';

/** An input, three nodes, an output between the last two, and one at the end. */
const ROWS = [null, 0, 1, null, 2, null];

it.each([
  ['ArrowDown', -1, 1],
  ['ArrowDown', 1, 2],
  ['ArrowDown', 2, 4],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, 1],
  ['Home', 4, 1],
  ['End', 1, 4],
  ['PageDown', 1, 4],
  ['PageUp', 4, 1],
  ['Enter', 2, 2],
  [' ', -1, 1],
  ['a', 2, null],
] as const)('%s from row %i goes to %s', (key, chosen, target) => {
  expect(targetOf(key, ROWS, chosen, 0, 4)).toBe(target);
});

it('begins in sight', () => {
  expect(targetOf('ArrowDown', ROWS, -1, 2, 4)).toBe(2);
  expect(targetOf('ArrowDown', [], -1, 0, 4)).toBeNull();
});
