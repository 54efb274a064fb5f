import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  digitModel,
  genericModel,
  laneRecord,
  raceRecord,
  times,
  variant,
} from '../../core/race/testing.ts';
import { deviceFacts, HARDWARE_GPU } from '../../engine/device/testing.ts';
import { device } from '../device/device.ts';
import { bench } from './bench.ts';
import {
  chooseModel,
  pickDeviceClass,
  recallDeviceClass,
  setDimension,
  toggleLane,
} from './choices.ts';
import { deviceClass, inputNoun, laneChoices, raceFigures, selectedModel } from './selectors.ts';

const zoo = digitModel(variant('fp32'), variant('fp16'));
const softwareGpu = { ...HARDWARE_GPU, state: 'software', shaderF16: false } as const;

beforeEach(() => {
  bench.setState({ ...bench.getInitialState(), models: [zoo], modelId: zoo.id });
  device.setState({ facts: deviceFacts(), pickedClass: null, calibration: null });
});
afterEach(() => vi.unstubAllGlobals());

const choices = () => laneChoices(bench.getState(), device.getState());
const chosen = () => choices().flatMap((choice) => (choice.chosen ? [choice.lane.id] : []));
const choose = (...ids: readonly string[]) => bench.setState({ chosen: new Set(ids) });

describe('laneChoices', () => {
  it('are none until model and device are known', () => {
    device.setState({ facts: null });
    expect(choices()).toEqual([]);
    device.setState({ facts: deviceFacts() });
    bench.setState({ modelId: 'gone' });
    expect(selectedModel(bench.getState())).toBeNull();
    expect(choices()).toEqual([]);
  });

  it('begin with the preselected lanes', () => {
    expect(chosen()).toEqual(['fp32-wasm', 'fp32-webgpu', 'fp16-webgpu']);
  });

  it('always hold the reference, whatever else was picked', () => {
    choose();
    expect(chosen()).toEqual(['fp32-wasm']);
    choose('fp16-webgpu');
    expect(chosen()).toEqual(['fp32-wasm', 'fp16-webgpu']);
  });

  it('never hold a blocked lane, though it was picked', () => {
    device.setState({ facts: deviceFacts({ gpu: softwareGpu }) });
    choose('fp16-webgpu', 'fp32-webgpu');
    expect(chosen()).toEqual(['fp32-wasm', 'fp32-webgpu']);
    device.setState({ facts: deviceFacts({ gpu: { state: 'missing', why: '' } }) });
    expect(chosen()).toEqual(['fp32-wasm']);
  });

  it('are the same array until something that decides them changes', () => {
    const before = choices();
    bench.setState({ inputChanges: 1 });
    expect(choices()).toBe(before);
    choose('fp16-wasm');
    expect(choices()).not.toBe(before);
  });
});

describe('toggleLane', () => {
  it('starts from the preselected lanes, and undoes itself', () => {
    toggleLane('fp16-webgpu');
    expect(chosen()).toEqual(['fp32-wasm', 'fp32-webgpu']);
    toggleLane('fp16-webgpu');
    expect(chosen()).toEqual(['fp32-wasm', 'fp32-webgpu', 'fp16-webgpu']);
  });

  it('adds a lane that was not preselected', () => {
    toggleLane('fp32-wasm-1');
    expect(chosen()).toContain('fp32-wasm-1');
  });

  it('cannot take the reference out', () => {
    toggleLane('fp32-wasm');
    expect(chosen()).toContain('fp32-wasm');
  });
});

describe('choices', () => {
  it('of lanes and sizes are forgotten with the model', () => {
    choose('fp16-wasm');
    setDimension('n', 3);
    setDimension('m', 4);
    expect(bench.getState().dimensions).toEqual({ n: 3, m: 4 });
    chooseModel('other');
    expect(bench.getState()).toMatchObject({ modelId: 'other', chosen: null, dimensions: {} });
  });
});

describe('the class of device', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  it('is the picked one, else the found one, else unknown', () => {
    expect(deviceClass({ facts: null, pickedClass: null, calibration: null })).toBe('unknown');
    expect(deviceClass({ facts: deviceFacts(), pickedClass: null, calibration: null })).toBe(
      'laptop',
    );
    expect(deviceClass({ facts: deviceFacts(), pickedClass: 'phone', calibration: null })).toBe(
      'phone',
    );
  });

  it('is remembered for the next visit', () => {
    pickDeviceClass('desktop');
    device.setState({ pickedClass: null });
    recallDeviceClass();
    expect(device.getState().pickedClass).toBe('desktop');
  });

  it('is not taken from storage that says something else, or fails', () => {
    for (const key of ['device-class', 'x']) kept.set(key, 'mainframe');
    recallDeviceClass();
    expect(device.getState().pickedClass).toBeNull();
    const fails = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: fails, setItem: fails });
    pickDeviceClass('phone');
    expect(device.getState().pickedClass).toBe('phone');
    recallDeviceClass();
    expect(device.getState().pickedClass).toBe('phone');
  });
});

describe('raceFigures', () => {
  const record = raceRecord([laneRecord('fp32/webgpu*', times(20, 10))]);
  const joules = () => raceFigures(record, device.getState())[0]?.energy?.marginal.low ?? 0;

  it('are none without a record, and computed once for the same one', () => {
    expect(raceFigures(null, device.getState())).toEqual([]);
    const first = raceFigures(record, device.getState());
    expect(raceFigures(record, device.getState())).toBe(first);
  });

  it('follow the picked class and the kind of adapter', () => {
    // 10 ms at 12 W for a laptop's GPU, 75 W for a desktop's; the low end is half.
    expect(joules()).toBeCloseTo(0.06, 12);
    device.setState({ pickedClass: 'desktop' });
    expect(joules()).toBeCloseTo(0.375, 12);
    // A software adapter is the CPU: 8 cores at 4 W.
    device.setState({ facts: deviceFacts({ gpu: softwareGpu }) });
    expect(joules()).toBeCloseTo(0.16, 12);
  });
});

it('inputs are called what they are', () => {
  expect([inputNoun(zoo), inputNoun(genericModel())]).toEqual(['digits', 'inputs']);
});
