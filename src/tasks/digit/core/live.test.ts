import { expect, it } from 'vitest';
import { logits } from '../../../core/race/testing.ts';
import { blank } from '../../spotting/core/testing.ts';
import { prepare, read } from './live.ts';
import { penInk, photoOf, WRITTEN } from './photo/testing.ts';

const TASK = {
  kind: 'digit' as const,
  input: 'image',
  output: 'logits',
  labels: Array.from('0123456789'),
};

it('has nothing to ask about where there is no digit', () => {
  expect(prepare(TASK, blank(640, 480))).toMatchObject({ feeds: null, inset: null });
  const { feeds, inset } = prepare(TASK, photoOf(penInk(WRITTEN[3] ?? [], 0.02)));
  expect(inset?.ink).toHaveLength(784);
  expect(feeds?.inputs[0]?.dims).toEqual([1, 1, 28, 28]);
});

it('names digits by the task’s own labels', () => {
  expect(read(TASK, logits(0, 1, 5, 2)).top[0]?.label).toBe('2');
});
