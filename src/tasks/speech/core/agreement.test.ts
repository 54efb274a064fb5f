import { describe, expect, it } from 'vitest';
import { agreement, differingFrames, frameLabels, judge } from './agreement.ts';
import { SILERO } from './testing.ts';

describe('judge', () => {
  // Ten frames of 32 ms: speech from 0.128 s on, so frames 1 to 6 lie within 0.1 s of its beginning.
  const speech = [{ start: 0.128, end: 10 }];

  it('counts frames on the right side, away from the ends', () => {
    expect(judge(SILERO, [0, 1, 1, 1, 0, 0, 0, 0, 0.5, 0.4], speech)).toEqual({ right: 1, of: 2 });
  });

  it('judges every frame of a clip without speech', () => {
    expect(judge(SILERO, [0.1, 0.6, Number.NaN], [])).toEqual({ right: 1, of: 3 });
  });
});

describe('agreement', () => {
  it('tells differences and sides', () => {
    expect(agreement(SILERO, [0, 0.5, 0.75], [0, 0.25, 0.5])).toEqual({
      largest: 0.25,
      mean: 0.5 / 3,
      sameSide: 2,
      of: 3,
    });
  });

  it('lets no number that is none pass', () => {
    const { largest, sameSide } = agreement(SILERO, [Number.NaN], [0.9]);
    expect(largest).toBeNaN();
    expect(sameSide).toBe(0);
  });

  it('refuses other lengths', () => {
    expect(() => agreement(SILERO, [1], [])).toThrow('1 frames cannot be compared with 0.');
  });
});

describe('frameLabels', () => {
  it('knows a frame by both its ends, and none within 0.1 s of where speech begins or ends', () => {
    const speech = [{ start: 0.128, end: 0.512 }];
    expect([...frameLabels(SILERO, 22, speech)]).toEqual([
      -1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0,
    ]);
  });
});

describe('differingFrames', () => {
  it('names the frames on other sides, as far as both heard', () => {
    expect(differingFrames(SILERO, [0.4, 0.6, 0.5, 0.1], [0.49, 0.4, 0.9])).toEqual([1]);
  });

  it('takes what is no number for different from all', () => {
    expect(differingFrames(SILERO, [Number.NaN], [Number.NaN])).toEqual([0]);
  });
});
