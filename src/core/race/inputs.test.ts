import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFeeds } from './inputs.ts';
import { spec } from './testing.ts';

const bits = [0, 1];
const range = (low: number, high: number) =>
  Array.from({ length: high - low + 1 }, (_, i) => low + i);

/** Element type, its array, and the numbers that may occur (null: any finite one). */
const TYPES = [
  ['float32', Float32Array, null],
  ['float64', Float64Array, null],
  ['float16', Uint16Array, range(0x3800, 0x3bff)],
  ['int8', Int8Array, range(-128, 127)],
  ['uint8', Uint8Array, range(0, 255)],
  ['int16', Int16Array, bits],
  ['uint16', Uint16Array, bits],
  ['int32', Int32Array, bits],
  ['uint32', Uint32Array, bits],
  ['int64', BigInt64Array, bits],
  ['uint64', BigUint64Array, bits],
  ['bool', Uint8Array, bits],
] as const;

const only = (type: string, seed: number) => {
  const [input] = randomFeeds([spec('x', type, 20, 'n')], { n: 50 }, seed).inputs;
  if (!input) throw new Error('no input');
  return input;
};

describe('randomFeeds', () => {
  it.each(TYPES)('fills %s with what it can hold', (type, array, allowed) => {
    const { data, dims, name } = only(type, 1);
    expect(data).toBeInstanceOf(array);
    expect([name, dims, data.length]).toEqual(['x', [20, 50], 1000]);
    const values = Array.from(data, Number);
    expect(new Set(values).size).toBeGreaterThan(1);
    if (allowed) expect(values.filter((value) => !allowed.includes(value))).toEqual([]);
    else expect(values.every(Number.isFinite)).toBe(true);
  });

  it.each(TYPES)('depends on nothing but the seed: %s', (type) => {
    expect(only(type, 7).data).toEqual(only(type, 7).data);
    expect(only(type, 7).data).not.toEqual(only(type, 8).data);
  });

  it('fills one complete feed, with different numbers for each input', () => {
    const { count, inputs } = randomFeeds(
      [spec('a', 'float32', 4), spec('b', 'float32', 4)],
      {},
      1,
    );
    expect([count, inputs.map(({ name }) => name)]).toEqual([1, ['a', 'b']]);
    expect(inputs[0]?.data).not.toEqual(inputs[1]?.data);
  });

  it('refuses types that no number stands for, naming them', () => {
    const known: readonly string[] = TYPES.map(([type]) => type);
    const unknown = fc.constantFrom(
      'string',
      'complex64',
      'not a tensor',
      'untyped',
      'FLOAT32',
      '',
    );
    fc.assert(
      fc.property(unknown, (type) => {
        expect(known).not.toContain(type);
        expect(() => only(type, 1)).toThrow(
          expect.objectContaining({
            name: 'ModelRejectedError',
            message: `Input "x" has element type ${type}, for which no numbers can be made up.`,
          }),
        );
      }),
    );
  });

  it('counts what all feeds take before it makes any, and says so where that is too much', () => {
    const square = (side: number) => spec('x', 'float32', side, side);
    const refused = (says: unknown) =>
      expect.objectContaining({ name: 'SizeError', message: says });
    expect(() => randomFeeds([square(16384)], {}, 1)).toThrow(
      refused('Its inputs would take 1.07 GB of memory; the limit is 537 MB for all together.'),
    );
    const typed = [spec('x', 'float32', 'n', 1024), square(1024)];
    expect(() => randomFeeds(typed, { n: 1024 }, 1, 80)).toThrow(
      refused(
        'Its inputs would take 80 times 8.39 MB of memory; the limit is 537 MB for all together.',
      ),
    );
    // No array could hold these.
    expect(() => randomFeeds(typed, { n: 1024 }, 1, 1e9)).toThrow(refused(expect.anything()));
  });

  it('refuses sizes that cannot be', () => {
    expect(() => randomFeeds([spec('x', 'float32', 'n')], { n: -3 }, 1)).toThrow('a size of -3');
  });
});
