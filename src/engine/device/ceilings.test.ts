import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../core/backends/backend.ts';
import type { Ceilings } from '../../core/inspect/roofline/ceilings.ts';
import { deviceFacts } from './testing.ts';

const measured = vi.hoisted(() => ({ value: 10 }));
vi.mock('../../core/inspect/roofline/measure.ts', () => ({
  measureCeilings: async ({ backend, build }: Pick<Ceilings, 'backend' | 'build'>) => {
    const ceiling = (unit: string) => ({
      ...{ value: measured.value, low: 1, high: 20, samples: 6, unit, probe: 'a probe' },
    });
    return {
      ...{ backend, build, compute: { fp32: ceiling('GFLOP/s') }, bandwidth: ceiling('GB/s') },
      measuredAt: '2026-01-01T00:00:00.000Z',
    };
  },
}));
const { forgetCeilings, storedCeilings, measureDevice } = await import('./ceilings.ts');

const FACTS = deviceFacts();
const measure = (backend: Backend) =>
  measureDevice(FACTS, backend, async () => new Blob(), new AbortController().signal);
const WASM: Backend = { kind: 'wasm', threads: 2 };

describe('kept ceilings', () => {
  let kept = new Map<string, string>();
  beforeEach(() => {
    kept = new Map();
    vi.stubGlobal('navigator', { userAgent: 'Some 1' });
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('come back, one for each backend, the latest', async () => {
    await measure(WASM);
    await measure({ kind: 'wasm', threads: 1 });
    await measure({ kind: 'webgpu' });
    measured.value = 12;
    const latest = await measure(WASM);
    expect(storedCeilings(FACTS)).toHaveLength(3);
    expect(storedCeilings(FACTS)).toContainEqual(latest);
    expect(latest.compute.fp32.value).toBe(12);
  });

  it('belong to this device and browser', async () => {
    await measure(WASM);
    expect(storedCeilings({ ...FACTS, cores: 16 })).toEqual([]);
    expect(storedCeilings({ ...FACTS, gpu: { state: 'missing', why: '' } })).toEqual([]);
    expect(storedCeilings(FACTS)).toHaveLength(1);
  });

  it('are forgotten on demand', async () => {
    await measure(WASM);
    forgetCeilings();
    expect(storedCeilings(FACTS)).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('are none where storage holds something else', async () => {
    await measure(WASM);
    const [key = ''] = kept.keys();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (garbage) => {
        kept.set(key, garbage);
        expect(storedCeilings(FACTS)).toEqual([]);
      }),
    );
  });

  it('do without storage', async () => {
    const fails = () => {
      throw new Error('storage is off');
    };
    vi.stubGlobal('localStorage', { getItem: fails, setItem: fails, removeItem: fails });
    await expect(measure(WASM)).resolves.toMatchObject({ backend: WASM });
    expect(storedCeilings(FACTS)).toEqual([]);
    expect(() => forgetCeilings()).not.toThrow();
  });
});
