import { afterEach, describe, expect, it } from 'vitest';
import { lane } from '../../core/race/testing.ts';
import '../../modes/registered.testing.ts';
import { changeRun, chooseMode, isModeRunning, modeLane, modes, runOf } from './modes.ts';

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

it('knows whether any run goes on', () => {
  expect(isModeRunning(modes.getState())).toBe(false);
  changeRun('load', { status: { state: 'paused' } });
  expect(isModeRunning(modes.getState())).toBe(true);
  expect(runOf(modes.getState(), 'sustained').status.state).toBe('idle');
});

it('chooses only modes that there are', () => {
  chooseMode('batches');
  expect(modes.getState().mode).toBe('batches');
  expect(() => chooseMode('marathon')).toThrow('There is no mode "marathon"; this page has');
  expect(() => chooseMode('marathon')).toThrow(expect.objectContaining({ name: 'ModeError' }));
});
