import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INT8, quantizeOne, SYMMETRIC_INT8, symmetricParams, UINT8 } from '../formulas.ts';
import { channelRanges, layoutOf, quantizeChannels } from './channels.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** The channel of an element, the long way. */
function channelOf(at: number, dims: readonly number[], axis: number): number {
  const inner = dims.slice(axis + 1).reduce((a, b) => a * b, 1);
  return Math.floor(at / inner) % (dims[axis] as number);
}

describe('channels', () => {
  it('are found along any axis, each with its range', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.nat(3),
        fc.infiniteStream(fc.float({ noNaN: true, min: -9, max: 9 })),
        (dims, nth, stream) => {
          const axis = nth % dims.length;
          const size = dims.reduce((a, b) => a * b, 1);
          const data = Float32Array.from([...stream.take(size)]);
          const layout = layoutOf(dims, axis);
          const { low, high } = channelRanges(data, layout);
          for (let c = 0; c < layout.channels; c++) {
            const own = [...data].filter((_, at) => channelOf(at, dims, axis) === c);
            expect(low[c]).toBe(Math.min(0, ...own) + 0);
            expect(high[c]).toBe(Math.max(0, ...own) + 0);
          }
          const params = [...low].map((from, c) =>
            symmetricParams(Math.max(-from, high[c] as number), SYMMETRIC_INT8),
          );
          const codes = quantizeChannels(
            data,
            layout,
            Float32Array.from(params, ({ scale }) => scale),
            params.map(({ zeroPoint }) => zeroPoint),
            INT8,
            new Int8Array(size),
          );
          data.forEach((x, at) => {
            const own = params[channelOf(at, dims, axis)] as (typeof params)[number];
            expect(codes[at]).toBe(quantizeOne(x, own, INT8) + 0);
          });
        },
      ),
    );
  });

  it('of nothing but zeros have codes of zero', () => {
    const layout = layoutOf([2, 3], 0);
    const data = Float32Array.of(0, 0, 0, 1, -2, 3);
    const { low, high } = channelRanges(data, layout);
    expect([low[0], high[0]]).toEqual([0, 0]);
    const codes = quantizeChannels(
      data,
      layout,
      Float32Array.of(1, 3 / 127),
      [0, 0],
      INT8,
      new Int8Array(6),
    );
    expect([...codes]).toEqual([0, 0, 0, 42, -85, 127]);
  });

  it('of which one number is not finite have no range', () => {
    const range = (...data: number[]) =>
      channelRanges(Float32Array.from(data), layoutOf([data.length], null));
    expect(range(1, Number.NaN, 2).low[0]).toBeNaN();
    expect(range(1, Number.NEGATIVE_INFINITY).high[0]).toBeNaN();
  });

  it('clip to the codes there are', () => {
    const codes = quantizeChannels(
      Float32Array.of(-9e9, -1, 0.5, 1.5, 9e9),
      layoutOf([5], null),
      Float32Array.of(1),
      [128],
      UINT8,
      new Uint8Array(5),
    );
    expect([...codes]).toEqual([0, 127, 128, 130, 255]);
  });
});
