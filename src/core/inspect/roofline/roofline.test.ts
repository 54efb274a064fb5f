import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attainable, leastMs, limitOf, ridge, roofOf } from './roofline.ts';

const roof = { compute: 40, bandwidth: 10 };
const cost = (flops: number, bytes: number) => ({ macs: 0, flops, read: bytes, written: 0 });
const positive = fc.double({ min: 1e-3, max: 1e12, noNaN: true });

describe('a roof of 40 GFLOP/s and 10 GB/s', () => {
  it('has its ridge at 4 operations for each byte', () => {
    expect(ridge(roof)).toBe(4);
    expect(limitOf(roof, cost(8, 2))).toBe('compute');
    expect(limitOf(roof, cost(7, 2))).toBe('memory');
  });

  it('lets 1 operation for each byte reach 10 GFLOP/s, and 100 reach 40', () => {
    expect(attainable(roof, 1)).toBe(10);
    expect(attainable(roof, 100)).toBe(40);
  });

  it('needs 1 ms for 40 M operations, and for 10 MB', () => {
    expect(leastMs(roof, cost(40e6, 1))).toBeCloseTo(1, 12);
    expect(leastMs(roof, cost(1, 10e6))).toBeCloseTo(1, 12);
  });

  it('is never beaten by its own least time', () => {
    fc.assert(
      fc.property(positive, positive, (flops, bytes) => {
        const rate = flops / leastMs(roof, cost(flops, bytes)) / 1e6;
        expect(rate / attainable(roof, flops / bytes)).toBeCloseTo(1, 9);
      }),
    );
  });
});

it('there is no roof for arithmetic that was not measured', () => {
  const unit = 'GFLOP/s' as const;
  const ceiling = { value: 1, low: 1, high: 1, samples: 1, unit, probe: 'a probe' };
  const ceilings = {
    backend: { kind: 'webgpu' as const },
    build: 'jspi',
    compute: { fp32: ceiling },
    bandwidth: { ...ceiling, unit: 'GB/s' as const },
    measuredAt: '2026-01-01T00:00:00Z',
  };
  expect(roofOf(ceilings, 'int8')).toBeNull();
  expect(roofOf(ceilings, 'fp32')).toEqual({ compute: 1, bandwidth: 1 });
});
