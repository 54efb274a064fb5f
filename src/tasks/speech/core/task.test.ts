import * as v from 'valibot';
import { expect, it } from 'vitest';
import { frameDuration, realTimeFactor, SpeechTask } from './task.ts';
import { SILERO } from './testing.ts';

it('reads what a manifest says', () => {
  expect(v.parse(SpeechTask, SILERO)).toEqual(SILERO);
});

it('refuses what contradicts itself', () => {
  const refused = (change: Partial<SpeechTask>) =>
    v.safeParse(SpeechTask, { ...SILERO, ...change }).issues?.[0].message;
  expect(refused({ context: 513 })).toContain('longer than the frame');
  expect(refused({ release: 0.6 })).toContain('higher probability');
  expect(refused({ threshold: 1.5 })).toBeDefined();
  expect(refused({ frame: 0 })).toBeDefined();
});

it('knows the deadline of a frame', () => {
  expect(frameDuration(SILERO)).toBe(32);
  expect(realTimeFactor(SILERO, 8)).toBe(0.25);
});
