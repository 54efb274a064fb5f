import { describe, expect, it } from 'vitest';
import { SILERO } from './testing.ts';
import { differingText, heardText, paceText } from './words.ts';

const span = (start: number) => ({ start, end: start + 0.75 });

describe('heardText', () => {
  it.each([
    [[], 'Hears no speech.'],
    [[span(0)], 'Hears speech from 0.0 to 0.8 s.'],
    [[span(1), span(2)], 'Hears speech from 1.0 to 1.8 and 2.0 to 2.8 s.'],
    [
      [1, 2, 3, 4, 5].map(span),
      'Hears speech from 1.0 to 1.8, 2.0 to 2.8, 3.0 to 3.8 and 4.0 to 4.8 s, and at 1 more place.',
    ],
  ])('of %j', (segments, text) => {
    expect(heardText(segments)).toBe(text);
  });
});

it('tells how many frames differ', () => {
  expect(differingText(0, 278, 'fp32')).toBe('All 278 frames agree with fp32.');
  expect(differingText(69, 1234, 'fp32')).toBe('69 of 1,234 frames disagree with fp32.');
});

it('tells the pace by the time that a frame lasts', () => {
  expect(paceText(SILERO, 0.5)).toBe(
    'Takes 0.500 ms for 32 ms of sound: 64.0 times as fast as real time.',
  );
  expect(paceText(SILERO, 64)).toBe('Takes 64.0 ms for 32 ms of sound: too slow for a microphone.');
});
