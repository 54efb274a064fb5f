import { describe, expect, it } from 'vitest';
import { logits } from '../../../core/race/testing.ts';
import { type BoxesAnswer, boxAnswers, prepare, read } from './live.ts';
import { blank, TASK } from './testing.ts';

const size = { width: 640, height: 480 };

/** Lines of text, each 100 × 20 pixels, at these heights. */
const boxes = (...tops: readonly number[]): BoxesAnswer => ({
  boxes: tops.map((y) => ({
    score: 0.9,
    corners: [
      { x: 0, y },
      { x: 100, y },
      { x: 100, y: y + 20 },
      { x: 0, y: y + 20 },
    ],
  })),
});

describe('a frame of a camera', () => {
  it('is seen whole', () => {
    const { feeds, seen } = prepare(TASK, blank(640, 480));
    expect(feeds?.inputs[0]?.dims).toEqual([1, 3, 480, 640]);
    expect(seen).toBeNull();
  });

  it('holds no boxes where the map is empty; without a map nobody knows', () => {
    const map = { name: 'map', dims: [1, 1, 32, 32], data: new Float32Array(1024) };
    expect(read(TASK, [map], size)).toEqual({ boxes: [] });
    expect(() => read(TASK, logits(0, 1), size)).toThrow('no output "map"');
  });
});

describe('whether two lanes say the same', () => {
  const { same, words } = boxAnswers;

  it('is a matter of boxes, one by one, whoever is asked first', () => {
    expect(same(boxes(0, 40), boxes(42, 2))).toBe(true);
    expect(same(boxes(42, 2), boxes(0, 40))).toBe(true);
    expect(same(boxes(0, 40), boxes(0))).toBe(false);
    expect(same(boxes(0, 40), boxes(0, 60))).toBe(false);
    expect(same(boxes(), boxes())).toBe(true);
  });

  it('is said in a few words', () => {
    expect([boxes(), boxes(0), boxes(0, 40)].map(words)).toEqual([
      'no text',
      'one line of text',
      '2 lines of text',
    ]);
  });
});
