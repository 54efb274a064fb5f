import { describe, expect, it, vi } from 'vitest';
import { watchLog } from './log.ts';
import { profileSession } from './profiler.ts';

const TRACE = '[\n{"cat" : "Session"}\n]';

/** A runtime that notes what it was asked; `p` is the profiled session, `n` the other. */
function runtime(calls: string[], fails = false) {
  const create = async (_: Uint8Array, { enableProfiling }: { enableProfiling: boolean }) => {
    const name = enableProfiling ? 'p' : 'n';
    calls.push(`create ${name}`);
    return {
      outputNames: ['y'],
      inputMetadata: [],
      outputMetadata: [{ isTensor: true, name: 'y', type: 'float32', shape: [] }],
      run: async () => {
        calls.push(name);
        if (fails) throw new Error('std::bad_alloc');
        return { y: { getData: async () => {} } };
      },
      release: async () => calls.push(`release ${name}`),
      // biome-ignore lint/suspicious/noConsole: as the runtime prints
      endProfiling: () => console.log(TRACE),
    };
  };
  return { InferenceSession: { create } } as unknown as Parameters<typeof profileSession>[0];
}

const request = (kind: 'wasm' | 'webgpu') => ({
  build: 'wasm' as const,
  runtime: new Blob(),
  model: { size: 1, arrayBuffer: async () => new ArrayBuffer(1) } as Blob,
  file: 'm.onnx',
  backend: kind === 'wasm' ? { kind, threads: 1 } : { kind },
});
const RUNS = { warm: 1, measured: 2 };

describe('profileSession', () => {
  vi.stubGlobal('console', { ...console });
  watchLog();

  it('runs without the profiler first, and gives that session back', async () => {
    const calls: string[] = [];
    const result = await profileSession(runtime(calls), request('wasm'), {}, RUNS);
    expect(calls.join(' ')).toBe('create n n n n n n release n create p p p p');
    expect(result).toMatchObject({ text: TRACE, runs: RUNS });
    expect([result.plainMs.length, result.profiledMs.length]).toEqual([2, 2]);
  });

  it('explains a run that fails', async () => {
    const failing = profileSession(runtime([], true), request('wasm'), {}, RUNS);
    await expect(failing).rejects.toMatchObject({
      name: 'OutOfMemoryError',
      message: 'm.onnx: the lane ran out of memory.',
    });
  });
});
