import { expect, it } from 'vitest';
import { logits, tensor } from '../../../core/race/testing.ts';
import { blank } from '../../spotting/core/testing.ts';
import { prepare, read } from './live.ts';
import { photoFeeds } from './preprocess.ts';
import { TASK } from './testing.ts';

it('feeds a frame as a chosen photo, with the part that is seen', () => {
  const picture = blank(640, 480, [10, 200, 30]);
  const { feeds, seen, inset } = prepare(TASK, picture);
  expect(feeds).toEqual(photoFeeds(TASK, [picture]));
  expect(seen).toEqual({ left: 110, top: 30, side: 420 });
  expect(inset).toBeNull();
});

it('reads the output of the task’s name alone', () => {
  const outputs = [tensor('other', 9, 0, 0), ...logits(0, 1, 5, 2)];
  const { top } = read(TASK, outputs, { width: 640, height: 480 }, ['a', 'b', 'c', 'd']);
  expect(top.map(({ label }) => label)).toEqual(['c', 'd', 'b']);
});
