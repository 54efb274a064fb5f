import { expect, it } from 'vitest';
import type { Step } from './generate.ts';
import { type Score, solve } from './solve.ts';
import { taskOf } from './testing.ts';
import { decode, encode } from './tokens.ts';
import { writtenWork } from './written.ts';

const task = taskOf();
const PROBLEMS = [12, 34, 56, 78, 90].map((a) => ({ a, b: 1234 }));

/** Writes flawless work, but for every product of 34. */
const step: Step<string[]> = async ({ tokens, cache }) => {
  const rows = tokens.dims[0] as number;
  const length = tokens.dims[1] as number;
  const all = decode(tokens.data as Int32Array, task);
  const texts = Array.from(
    { length: rows },
    (_, i) => (cache?.[i] ?? '') + all.slice(i * length, (i + 1) * length),
  );
  const logits = new Float32Array(rows * task.vocabulary.length);
  for (const [i, text] of texts.entries()) {
    const [prompt = '', rest = ''] = text.split('=');
    const [a = 0, b = 0] = prompt.split('*').map(Number);
    const flawless = writtenWork({ a: a === 34 ? 35 : a, b }, 'think', task);
    const [token = 0] = encode(flawless.charAt(rest.length) || task.end, task);
    logits[i * task.vocabulary.length + token] = 1;
  }
  return { logits, cache: texts };
};

it('counts the right answers, batch after batch, the last one smaller', async () => {
  const scores: Score[] = [];
  const signal = { throwIfAborted: () => {} };
  for await (const score of solve(step, PROBLEMS, 'think', task, 2, signal)) scores.push(score);
  expect(scores).toEqual([
    { right: 1, of: 2 },
    { right: 3, of: 4 },
    { right: 4, of: 5 },
  ]);
});
