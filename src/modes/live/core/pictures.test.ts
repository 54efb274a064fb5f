import { describe, expect, it } from 'vitest';
import { logits, tensor } from '../../../core/race/testing.ts';
import { penInk, photoOf, WRITTEN } from '../../../tasks/digit/core/photo/testing.ts';
import { photoFeeds } from '../../../tasks/photos/core/preprocess.ts';
import { TASK as PHOTOS } from '../../../tasks/photos/core/testing.ts';
import { blank, TASK as SPOTTING } from '../../../tasks/spotting/core/testing.ts';
import { preparePicture, readPictureAnswer } from './pictures.ts';
import { keptOf, smallPicture } from './shown.ts';

const DIGIT = {
  kind: 'digit',
  input: 'image',
  output: 'logits',
  labels: Array.from('0123456789'),
} as const;

const size = { width: 640, height: 480 };

describe('a frame of a camera', () => {
  it('is fed to models of photos as a chosen photo is, with the part that they see', () => {
    const picture = blank(640, 480, [10, 200, 30]);
    const { feeds, seen } = preparePicture(PHOTOS, picture);
    expect(feeds).toEqual(photoFeeds(PHOTOS, [picture]));
    expect(seen).toEqual({ left: 110, top: 30, side: 420 });
  });

  it('is seen whole by models that spot text', () => {
    const { feeds, seen } = preparePicture(SPOTTING, blank(640, 480));
    expect(feeds?.inputs[0]?.dims).toEqual([1, 3, 480, 640]);
    expect(seen).toBeNull();
  });

  it('is nothing to ask about where there is no digit', () => {
    expect(preparePicture(DIGIT, blank(640, 480)).feeds).toBeNull();
    const { feeds, digit } = preparePicture(DIGIT, photoOf(penInk(WRITTEN[3] ?? [], 0.02)));
    expect(digit).toHaveLength(784);
    expect(feeds?.inputs[0]?.dims).toEqual([1, 1, 28, 28]);
  });

  it('is answered by the output of the task’s name alone', () => {
    const outputs = [tensor('other', 9, 0, 0), ...logits(0, 1, 5, 2)];
    const labels = ['a', 'b', 'c', 'd'];
    const answer = readPictureAnswer(PHOTOS, outputs, size, labels);
    expect(answer.kind === 'classes' && answer.top.map(({ label }) => label)).toEqual([
      'c',
      'd',
      'b',
    ]);
    expect(() => readPictureAnswer(SPOTTING, outputs, size, [])).toThrow('no output "map"');
  });

  it('holds no boxes where the map is empty', () => {
    const map = { name: 'map', dims: [1, 1, 32, 32], data: new Float32Array(1024) };
    expect(readPictureAnswer(SPOTTING, [map], size, [])).toEqual({ kind: 'boxes', boxes: [] });
  });
});

describe('what is kept of a frame', () => {
  it('is small, and of the same colours', () => {
    const picture = blank(640, 480, [1, 2, 3]);
    const kept = keptOf({ kind: 'picture', picture, seen: null, digit: null });
    if (kept.kind !== 'picture') throw new Error('no picture');
    expect([kept.picture.width, kept.picture.height]).toEqual([160, 120]);
    expect([...kept.picture.data.subarray(-4)]).toEqual([1, 2, 3, 255]);
    // As it is where it is small already.
    expect(smallPicture(blank(3, 2)).data).toHaveLength(24);
  });
});
