import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { opened } from '../../race/testing.ts';
import type { LaneRunner } from '../../session/runner.ts';
import { CeilingsSchema } from './ceilings.ts';
import { type CeilingOptions, measureCeilings } from './measure.ts';
import type { Probe } from './probes.ts';

/** A device of exact speed: operations or bytes per ms, and ms around every run. */
interface Device {
  readonly perMs: number;
  readonly overhead?: number;
  /** Probes of more work do not fit. */
  readonly most?: number;
  /** A factor on the time of each sample. */
  readonly noise?: (sample: number) => number;
}

function scripted({ perMs, overhead = 0, most = Number.POSITIVE_INFINITY, noise }: Device) {
  const started: Probe[] = [];
  const spent: number[] = [];
  let live = 0;
  const start: CeilingOptions['start'] = (probe) => {
    started.push(probe);
    expect(++live).toBe(1);
    let sample = 0;
    const runner: LaneRunner = {
      open: async () => {
        if (probe.work > most) throw new Error('does not fit');
        return opened();
      },
      load: async () => {},
      turn: async ({ count, repeat, batch }) => {
        const ms = new Float64Array(count * repeat * batch).map(
          () => (overhead + probe.work / perMs) * (noise?.(sample++) ?? 1),
        );
        spent.push(...ms);
        return { ms, outputs: [], memory: { heap: 0, gpu: null, gpuPeak: null } };
      },
    };
    return { runner, end: () => live-- };
  };
  const options: CeilingOptions = {
    backend: { kind: 'wasm', threads: 2 },
    build: 'wasm',
    shaderF16: false,
    start,
    now: () => new Date(0),
    signal: { throwIfAborted: () => {} },
  };
  return { options, started, spent, live: () => live };
}

const GPU = { backend: { kind: 'webgpu' as const }, build: 'jspi' };

describe('measureCeilings', () => {
  it('finds the speed of a device, from a phone to a large GPU', async () => {
    const speeds = fc.double({ min: 0.05, max: 20_000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(speeds, async (giga) => {
        const { options, live } = scripted({ perMs: giga * 1e6 });
        const { compute, bandwidth } = await measureCeilings({ ...options, ...GPU });
        for (const { value, low, high } of [compute.fp32, bandwidth]) {
          expect(value / giga).toBeCloseTo(1, 9);
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        }
        expect(live()).toBe(0);
      }),
    );
  });

  it('loses little to what surrounds each run', async () => {
    const speeds = fc.double({ min: 50, max: 15_000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(speeds, async (giga) => {
        const { options } = scripted({ perMs: giga * 1e6, overhead: 2 });
        const { compute } = await measureCeilings({ ...options, ...GPU });
        expect(compute.fp32.value / giga).toBeGreaterThan(0.85);
      }),
    );
  });

  it('spends no more than a few seconds on a slow laptop, and no long single run', async () => {
    const { options, spent } = scripted({ perMs: 5e6 });
    await measureCeilings(options);
    expect(spent.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5000);
    expect(Math.max(...spent)).toBeLessThanOrEqual(230);
  });

  it('measures int8 on WASM, and float16 on a GPU that has it', async () => {
    const { options } = scripted({ perMs: 2e7 });
    const wasm = await measureCeilings(options);
    expect(Object.keys(wasm.compute)).toEqual(['fp32', 'int8']);
    expect(wasm.compute.int8).toMatchObject({ unit: 'GOP/s' });
    expect(wasm).toMatchObject({ backend: { kind: 'wasm', threads: 2 }, build: 'wasm' });
    const gpu = await measureCeilings({ ...options, ...GPU });
    expect(Object.keys(gpu.compute)).toEqual(['fp32']);
    const half = await measureCeilings({ ...options, ...GPU, shaderF16: true });
    expect(Object.keys(half.compute)).toEqual(['fp32', 'fp16']);
    expect(half.compute.fp16?.probe).toMatch(/^fp16 matrix product/);
  });

  it('takes the 75th percentile, so that disturbed runs do not count', async () => {
    const { options } = scripted({ perMs: 2e7, noise: (sample) => (sample % 2 === 1 ? 3 : 1) });
    const { fp32 } = (await measureCeilings(options)).compute;
    expect(fp32.value).toBeCloseTo(20, 9);
    expect(fp32.low).toBeCloseTo(20 / 3, 9);
  });

  it('goes back to the largest probe that fits', async () => {
    const { options, started } = scripted({ perMs: 1e9, most: 2e9 });
    const { compute } = await measureCeilings(options);
    expect(compute.fp32.probe).toContain('512 × 512 × 512');
    expect(compute.fp32.value).toBeCloseTo(1000, 9);
    expect(started.length).toBeLessThan(20);
  });

  it('rejects when not even the smallest runs, and leaves nothing running', async () => {
    const { options, live } = scripted({ perMs: 1e6, most: 1 });
    await expect(measureCeilings(options)).rejects.toThrow('does not fit');
    expect(live()).toBe(0);
  });

  it('stops when it is told to', async () => {
    const { options, started, live } = scripted({ perMs: 1e6 });
    let calls = 0;
    const throwIfAborted = () => {
      if (++calls > 3) throw new Error('stopped');
    };
    const measuring = measureCeilings({ ...options, signal: { throwIfAborted } });
    await expect(measuring).rejects.toThrow('stopped');
    expect([started.length, live()]).toEqual([1, 0]);
  });

  it('gives what its schema takes, and takes back', async () => {
    const { options } = scripted({ perMs: 1e7 });
    const ceilings = await measureCeilings(options);
    expect(v.parse(CeilingsSchema, JSON.parse(JSON.stringify(ceilings)))).toEqual(ceilings);
    const broken = { ...ceilings, bandwidth: { ...ceilings.bandwidth, value: 0 } };
    expect(v.is(CeilingsSchema, broken)).toBe(false);
  });
});
