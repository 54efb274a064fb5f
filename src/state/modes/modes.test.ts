import { afterEach, describe, expect, it } from 'vitest';
import { digitModel, genericModel, lane, spec, variant } from '../../core/race/testing.ts';
import { changeRun, isModeRunning, modeFault, modeLane, modes } from './modes.ts';

const initial = modes.getInitialState();
afterEach(() => modes.setState(initial, true));

describe('the lane that a mode runs', () => {
  const lanes = ['fp32/wasm*', 'int8/webgpu', 'int8/wasm', 'fp32/webgpu'].map((text) => lane(text));

  it('is int8 on WASM, else the first, unless one is picked', () => {
    expect(modeLane(lanes, null)?.id).toBe('int8/wasm');
    expect(modeLane(lanes, 'fp32/webgpu')?.id).toBe('fp32/webgpu');
    expect(modeLane(lanes, 'gone')?.id).toBe('int8/wasm');
    expect(modeLane(lanes.slice(0, 2), null)?.id).toBe('fp32/wasm');
    expect(modeLane([], null)).toBeNull();
  });
});

describe('what keeps a mode from running', () => {
  const fixed = genericModel(variant('fp32'));
  const batches = (...shape: (number | string)[]) => ({
    ...fixed,
    task: { kind: 'generic', seed: 1, inputs: [spec('x', 'float32', ...shape)] } as const,
  });

  it('is a number that makes no sense', () => {
    const at = (more: Partial<typeof initial>) =>
      modeFault({ ...initial, mode: 'sustained', ...more }, fixed);
    expect(at({})).toBeNull();
    expect(at({ deadlineMs: -1 })).toContain('A deadline cannot be -1 ms');
    expect(at({ seconds: 3 })).toContain('cannot last 3 seconds');
    // It is the other modes' no business.
    expect(modeFault({ ...initial, mode: 'load', seconds: 3 }, fixed)).toBeNull();
  });

  it('is a fixed batch, where the model tells of its inputs', () => {
    const at = (model: typeof fixed) => modeFault({ ...initial, mode: 'batches' }, model);
    expect(at(batches(1, 8))).toContain('The first dimension of its inputs is fixed: x[1,8]');
    expect(at(batches('n', 8))).toBeNull();
    expect(at(digitModel(variant('fp32')))).toBeNull();
  });
});

it('knows whether any kind of run goes on', () => {
  expect(isModeRunning(modes.getState())).toBe(false);
  changeRun('load', { status: { state: 'paused' } });
  expect(isModeRunning(modes.getState())).toBe(true);
  expect(modes.getState().runs.sustained.status.state).toBe('idle');
});
