import { expect, it } from 'vitest';
import { samplesFrom } from './samples.ts';
import { laneRecord } from './testing.ts';

const turn = (round: number, ...ms: readonly number[]) => ({
  round,
  at: round,
  batch: 1,
  ms: Float64Array.from(ms),
  median: 0,
});

it('samplesFrom joins the samples of all turns from one on, in the order taken', () => {
  const lane = laneRecord('fp32/wasm', [], {
    turns: [turn(0, 9, 8), turn(1), turn(3, 7), turn(4, 1, 2, 3)],
  });
  expect([...samplesFrom(lane, 0)]).toEqual([9, 8, 7, 1, 2, 3]);
  expect([...samplesFrom(lane, 2)]).toEqual([7, 1, 2, 3]);
  expect([...samplesFrom(lane, 4)]).toEqual([]);
});
