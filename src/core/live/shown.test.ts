import { describe, expect, it } from 'vitest';
import { blank } from '../../tasks/spotting/core/testing.ts';
import { keptOf, smallPicture } from './shown.ts';

describe('what is kept of a frame', () => {
  it('is small, and of the same colours', () => {
    const picture = blank(640, 480, [1, 2, 3]);
    const kept = keptOf({ kind: 'picture', picture, seen: null, inset: null });
    if (kept.kind !== 'picture') throw new Error('no picture');
    expect([kept.picture.width, kept.picture.height]).toEqual([160, 120]);
    expect([...kept.picture.data.subarray(-4)]).toEqual([1, 2, 3, 255]);
    // As it is where it is small already.
    expect(smallPicture(blank(3, 2)).data).toHaveLength(24);
  });
});
