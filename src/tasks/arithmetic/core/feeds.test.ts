import { expect, it } from 'vitest';
import { UNASKED } from '../../../core/race/record.ts';
import { forcedFeeds, wholeText } from './feeds.ts';
import { taskOf } from './testing.ts';
import { decode } from './tokens.ts';

const task = taskOf();
const PROBLEMS = [
  { a: 1234, b: 5678 },
  { a: 7, b: 0 },
];

it('feeds true texts a character at a time, each labelled with the next', () => {
  const { feeds, labels } = forcedFeeds(PROBLEMS, task);
  const texts = PROBLEMS.map((problem) => wholeText(problem, task));
  expect(texts[0]).toBe('1234*5678=23728190+82326180:252690+42024170:2566380+02711160:25660070.');
  const each = (texts[0] as string).length - 1;
  expect(feeds.count).toBe(2 * each);
  expect(feeds.starts).toEqual([0, each]);
  expect(feeds.recurrent).toEqual([{ output: 'present_key_0', input: 'past_key_0' }]);
  const [tokens, past] = feeds.inputs;
  expect(decode(tokens?.data as Int32Array, task)).toBe(
    texts.map((text) => text.slice(0, -1)).join(''),
  );
  expect(past?.dims).toEqual([1, 4, 0, 24]);
  for (const [i, text] of texts.entries()) {
    const own = Array.from(labels.subarray(i * each, (i + 1) * each));
    // Nobody can tell the next character of a prompt.
    expect(own.slice(0, 9)).toEqual(Array(9).fill(UNASKED));
    expect(decode(own.slice(9), task)).toBe(text.slice(10));
  }
});
