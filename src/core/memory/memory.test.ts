import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LanePhase, LaneRecord } from '../race/record.ts';
import { laneRecord } from '../race/testing.ts';
import type { LaneMemory } from '../session/runner.ts';
import { addedByModel, heldSince, type LaneLedger, laneLedger } from './ledger.ts';
import { toPageMemory } from './page.ts';
import { memorySentence, releaseSentence, stepTexts } from './words.ts';

const MB = 1e6;
const onWasm = (heap: number): LaneMemory => ({ heap: heap * MB, gpu: null, gpuPeak: null });
const onGpu = (heap: number, gpu: number, peak = gpu): LaneMemory => ({
  heap: heap * MB,
  gpu: gpu * MB,
  gpuPeak: peak * MB,
});

function ledgerOf(
  lane: string,
  ledger: Readonly<Partial<Record<LanePhase, LaneMemory>>>,
  bytes = 400_000,
): LaneLedger {
  const record: LaneRecord = laneRecord(lane, [], { ledger, variant: { bytes } });
  const found = laneLedger(record);
  if (!found) throw new Error('no ledger');
  return found;
}

const small = (lane: string, bytes?: number) =>
  ledgerOf(
    lane,
    { runtime: onWasm(16), session: onWasm(16), first: onWasm(16), running: onWasm(16) },
    bytes,
  );
const large = ledgerOf(
  'int8/wasm',
  { runtime: onWasm(16), session: onWasm(60), first: onWasm(80), running: onWasm(81) },
  30 * MB,
);
const gpu = ledgerOf('fp16/webgpu', {
  runtime: onGpu(16, 0),
  session: onGpu(16, 5, 9),
  first: onGpu(17, 8, 10),
  running: onGpu(17, 7, 10),
});

describe('heldSince', () => {
  it('gives growth where nothing shrinks, and takes what went back from the latest', () => {
    expect(heldSince([16, 60, 80, 81])).toEqual([16, 44, 20, 1]);
    expect(heldSince([0, 5, 8, 7])).toEqual([0, 5, 2, 0]);
    expect(heldSince([9, 3])).toEqual([3, 0]);
    expect(heldSince([])).toEqual([]);
  });

  it('adds up to the last level, in parts that are never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1 }), (levels) => {
        const parts = heldSince(levels);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(levels.at(-1));
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });
});

describe('a lane’s ledger', () => {
  it('has the growth of each phase that was reached', () => {
    expect(laneLedger(laneRecord('fp32/wasm', []))).toBeNull();
    const early = ledgerOf('fp32/wasm', { runtime: onWasm(16), session: onWasm(20) });
    expect(early.steps).toEqual([
      { phase: 'runtime', heap: 16 * MB, gpu: 0 },
      { phase: 'session', heap: 4 * MB, gpu: 0 },
    ]);
  });

  it('counts as the model’s what came after the runtime, on the GPU too', () => {
    expect([small('fp32/wasm'), large, gpu].map(addedByModel)).toEqual([0, 65 * MB, 8 * MB]);
    expect(gpu).toMatchObject({ heap: 17 * MB, gpu: 7 * MB, gpuPeak: 10 * MB });
  });

  it('says each phase’s growth, heap and GPU apart', () => {
    expect(stepTexts(gpu)).toEqual([
      'runtime 16.0 MB',
      'model +5.00 MB on the GPU',
      'first run +1.00 MB and +2.00 MB on the GPU',
      'later +0 B',
    ]);
  });
});

describe('the sentence', () => {
  it('says that small models fit inside what the runtime asks for', () => {
    expect(memorySentence([small('fp32/wasm')])).toBe(
      'fp32, WASM holds 16.0 MB, all of it memory that the runtime requests when it starts: the model of 400 KB fits inside.',
    );
    expect(memorySentence([small('fp32/wasm'), small('int8/wasm', 100_000)])).toBe(
      'Each lane holds 16.0 MB, all of it memory that the runtime requests when it starts: the models of 100 KB to 400 KB fit inside.',
    );
  });

  it('names who holds the most, for what, and who the least', () => {
    expect(memorySentence([small('fp32/wasm'), large])).toBe(
      'int8, WASM holds 81.0 MB, 65.0 MB of it for the model, 16.0 MB for the runtime itself. fp32, WASM holds the least: 16.0 MB.',
    );
  });

  it('says what lies on the GPU', () => {
    expect(memorySentence([gpu])).toBe(
      'fp16, WebGPU holds 24.0 MB, of which 16.0 MB is the runtime itself; the model adds 8.00 MB, 7.00 MB of it on the GPU.',
    );
  });

  it('says nothing before there is any', () => {
    expect(memorySentence([])).toBeNull();
  });
});

describe('the page’s memory', () => {
  const window = { scope: 'Window' };
  const worker = { scope: 'DedicatedWorkerGlobalScope' };
  it('counts as the workers’ what nothing else holds', () => {
    const breakdown = [
      { bytes: 5, attribution: [window] },
      { bytes: 70, attribution: [worker] },
      { bytes: 3, attribution: [worker, window] },
      { bytes: 2, attribution: [] },
    ];
    expect(toPageMemory({ bytes: 80, breakdown }, 12)).toEqual({ bytes: 80, workers: 70, ms: 12 });
  });

  const page = (mb: number) => ({ bytes: mb * MB, workers: 0, ms: 0 });
  const lanes = [small('fp32/wasm'), small('int8/wasm')];
  it('says what was released, and how much of it was heaps', () => {
    expect(releaseSentence(page(80), page(12), lanes)).toBe(
      'Ending the lanes released 68.0 MB: the page held 80.0 MB with them and holds 12.0 MB without. 32.0 MB of it were WASM heaps; the rest is their workers’ JavaScript, mostly the runtime’s own file.',
    );
  });

  it('says so where a worker was not counted, or nothing went back', () => {
    expect(releaseSentence(page(30), page(12), lanes)).toContain('not every worker answered');
    expect(releaseSentence(page(12), page(13), lanes)).toContain('counted nothing as released');
  });
});
