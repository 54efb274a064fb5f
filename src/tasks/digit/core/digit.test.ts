import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argmax, decodeClass, softmax } from '../../../core/classes/classify.ts';
import { DIGIT_SIDE, toInput, toMnist, unpackDigits } from './digit.ts';

const SIDE = 140;

/** A filled rectangle of full ink. */
function drawing(left: number, top: number, width: number, height: number): Uint8Array {
  const ink = new Uint8Array(SIDE * SIDE);
  for (let y = top; y < top + height; y++) ink.fill(255, y * SIDE + left, y * SIDE + left + width);
  return ink;
}

function centre(image: Uint8Array): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  for (const [i, ink] of image.entries()) {
    mass += ink;
    x += ink * ((i % DIGIT_SIDE) + 0.5);
    y += ink * (Math.floor(i / DIGIT_SIDE) + 0.5);
  }
  return { x: x / mass, y: y / mass };
}

describe('toMnist', () => {
  it('makes nothing of an empty pad', () => {
    expect(toMnist(new Uint8Array(SIDE * SIDE), SIDE)).toBeNull();
  });

  it('puts the centre of mass in the middle, wherever it was drawn', () => {
    const place = fc.integer({ min: 0, max: 70 });
    const size = fc.integer({ min: 10, max: 70 });
    fc.assert(
      fc.property(place, place, size, size, (left, top, width, height) => {
        const image = toMnist(drawing(left, top, width, height), SIDE);
        if (!image) throw new Error('Something was drawn.');
        expect(Math.abs(centre(image).x - 14)).toBeLessThan(0.5);
        expect(Math.abs(centre(image).y - 14)).toBeLessThan(0.5);
      }),
    );
  });

  it('scales small and big drawings of one shape to the same 20 pixels', () => {
    const small = toMnist(drawing(5, 5, 20, 40), SIDE);
    const big = toMnist(drawing(30, 10, 60, 120), SIDE);
    expect(big).toEqual(small);
    expect(small?.filter((ink) => ink > 127).length).toBe(10 * 20);
  });
});

it('turns bytes into shares of full ink', () => {
  expect([...toInput(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1]);
});

it('refuses a pack of the wrong length with both lengths', () => {
  expect(() => unpackDigits(new Uint8Array(100), 2)).toThrow(/100 bytes where 2 digits need 1570/);
});

describe('classes', () => {
  it('have probabilities that sum to 1, however large the logits', () => {
    const scores = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(scores, (logits) => {
        expect(softmax(logits).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('go to the first of equal scores, and to nobody where a score is not a number', () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(argmax([1, Number.NaN])).toBe(-1);
    expect(decodeClass([Number.NaN], ['a']).label).toBeNull();
    expect(decodeClass([0, 5], ['a', 'b']).label).toBe('b');
  });
});
