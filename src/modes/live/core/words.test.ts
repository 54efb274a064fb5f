import { expect, it } from 'vitest';
import { lane } from '../../../core/race/testing.ts';
import type { LiveFigures } from './figures.ts';
import { liveHeadline } from './words.ts';

const times = { p50: 12.34, p95: 20, over: 10 };
const figures: LiveFigures<never> = {
  offered: 40,
  run: 10,
  skipped: 30,
  empty: 0,
  excluded: 0,
  perSecond: 7.5,
  prepare: times,
  lanes: [{ lane: 'fp32/wasm', inference: times, whole: times, missed: 0, late: 0, realTime: 0.4 }],
  same: 9,
  disagreements: [],
};
const lanes = [lane('fp32/wasm*'), lane('int8/wasm')];

const said = (...args: Parameters<typeof liveHeadline>) =>
  liveHeadline(...args)
    ?.sentence.map(({ text }) => text)
    .join('');

it('says how often two lanes disagree, and of how many frames', () => {
  expect(said(lanes, figures)).toBe(
    'fp32 on WASM and int8 on WASM disagree on 1 of 10 frames (10.0%).',
  );
  expect(said(lanes, { ...figures, same: 10 })).toBe(
    'fp32 on WASM and int8 on WASM gave the same answer to all 10 frames.',
  );
});

it('says of one lane how long it takes', () => {
  expect(said(lanes.slice(0, 1), { ...figures, same: null })).toBe(
    'fp32 on WASM answers a frame in 12.3 ms.',
  );
});

it('has the counts behind it, and that it is no benchmark', () => {
  expect(liveHeadline(lanes, figures)?.evidence).toMatch(
    /^10 frames answered, 7.50 a second; 30 of 40 passed while the device was busy. This is not a benchmark/,
  );
});

it('says nothing before the first answer', () => {
  expect(liveHeadline(lanes, { ...figures, run: 0 })).toBeNull();
});
