import { describe, expect, it } from 'vitest';
import { feedsFromArrays, readNpy } from './npy.ts';

/** A file as numpy.save writes it, version 1. */
function npy(descr: string, shape: readonly number[], data: ArrayBufferView, order = 'False') {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${dims}), }`;
  const header = `${text.padEnd(117)}\n`;
  const head = Uint8Array.from([0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), 1, 0, 118, 0]);
  const bytes = [...head, ...[...header].map((c) => c.charCodeAt(0))];
  return Uint8Array.from([...bytes, ...new Uint8Array(data.buffer as ArrayBuffer)]);
}

const image = { name: 'x', type: 'float32', shape: ['batch', 2, 2] };
const four = npy(
  '<f4',
  [4, 2, 2],
  Float32Array.from({ length: 16 }, (_, i) => i),
);

describe('readNpy', () => {
  it('reads types and shapes, wherever the bytes lie', () => {
    const shifted = new Uint8Array(four.length + 3);
    shifted.set(four, 3);
    const { type, shape, data } = readNpy(shifted.subarray(3), 'x.npy');
    expect([type, shape, data[15]]).toEqual(['float32', [4, 2, 2], 15]);
    const ids = readNpy(npy('<i8', [3], BigInt64Array.of(1n, -2n, 3n)), 'ids.npy');
    expect([ids.type, ids.shape, ids.data[1]]).toEqual(['int64', [3], -2n]);
    expect(readNpy(npy('<f4', [], Float32Array.of(7)), 'x.npy').shape).toEqual([]);
  });

  it.each([
    [
      'text',
      Uint8Array.from({ length: 200 }, () => 65),
      'x.npy is not an .npy file as NumPy saves it.',
    ],
    ['objects', npy('|O', [1], Uint8Array.of(0)), 'numpy type "|O"'],
    ['big-endian numbers', npy('>f4', [1], Float32Array.of(1)), 'numpy type ">f4"'],
    ['Fortran order', npy('<f4', [1], Float32Array.of(1), 'True'), 'Fortran order'],
    [
      'a short file',
      four.subarray(0, four.length - 4),
      'declares 4 × 2 × 2 of float32, 64 bytes, and holds 60',
    ],
  ])('refuses %s with a sentence', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'x.npy')).toThrow(message);
  });
});

describe('feedsFromArrays', () => {
  const array = readNpy(four, 'x.npy');

  it('counts inputs along the first axis, the batch or one before it', () => {
    const feeds = feedsFromArrays(new Map([['anything', array]]), [image]);
    expect([feeds.count, feeds.inputs[0]?.dims]).toEqual([4, [1, 2, 2]]);
    const matrix = { name: 'x', type: 'float32', shape: [2, 2] };
    const more = feedsFromArrays(new Map([['x', array]]), [matrix]);
    expect([more.count, more.inputs[0]?.dims]).toEqual([4, [2, 2]]);
    const whole = { name: 'x', type: 'float32', shape: [4, 2, 2] };
    expect(feedsFromArrays(new Map([['x', array]]), [whole]).count).toBe(1);
  });

  it.each([
    [[image, { ...image, name: 'y' }], 'No file is named after the input "y"'],
    [[{ ...image, type: 'int64' }], 'was given float32 values'],
    [[{ ...image, shape: ['batch', 3, 2] }], 'was given an array of 4 × 2 × 2'],
  ])('refuses what does not fit', (specs, message) => {
    expect(() => feedsFromArrays(new Map([['x', array]]), specs)).toThrow(message);
  });

  it('wants as many inputs of each', () => {
    const two = readNpy(npy('<f4', [2, 2, 2], new Float32Array(8)), 'y.npy');
    const files = new Map([
      ['x', array],
      ['y', two],
    ]);
    const specs = [image, { ...image, name: 'y' }];
    expect(() => feedsFromArrays(files, specs)).toThrow('"x" holds 4 inputs and "y" 2');
  });
});
