import { describe, expect, it } from 'vitest';
import { digitModel, genericModel, variant } from '../race/testing.ts';
import { loadsFor } from './loads.ts';

const digits = { ...digitModel(variant('fp32'), variant('int8')), macs: 7e6 };
const here = { threads: 4, gpu: false };

describe('loads for a calibration', () => {
  it('differ in arithmetic for each byte by orders of magnitude', () => {
    const loads = loadsFor(digits, null, here);
    expect(loads.length).toBeGreaterThanOrEqual(4);
    const perByte = loads.map(({ macs, bytes }) => (macs as number) / (bytes as number));
    expect(Math.min(...perByte)).toBe(0);
    expect(Math.max(...perByte)).toBeGreaterThan(40);
  });

  it('run on all threads and on one, where there are several', () => {
    const threads = (count: number) =>
      loadsFor(digits, null, { ...here, threads: count }).map(({ lane: { backend } }) =>
        backend.kind === 'wasm' ? backend.threads : 0,
      );
    expect(new Set(threads(4))).toEqual(new Set([4, 1]));
    expect(new Set(threads(1))).toEqual(new Set([1]));
  });

  it('have ids of their own, the GPU’s and the user’s models included', () => {
    const own = genericModel(variant('fp32-own'), variant('int8-own'));
    const ids = loadsFor(digits, own, { threads: 2, gpu: true }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.includes('webgpu'))).toHaveLength(3);
    expect(ids.filter((id) => id.startsWith('custom'))).toHaveLength(2);
  });

  it('can do without the zoo', () => {
    const loads = loadsFor(null, null, here);
    expect(loads.every(({ probe }) => probe !== null)).toBe(true);
    expect(loads.length).toBeGreaterThanOrEqual(3);
  });

  it('count 2 operations a MAC, and three matrices for each product', () => {
    const product = loadsFor(null, null, here).find(({ id }) => id.startsWith('product-int8'));
    expect(product).toMatchObject({ macs: 4 * 512 ** 3, bytes: 12 * 512 ** 2 });
  });
});
