import { beforeEach, describe, expect, it } from 'vitest';
import { readManifest } from '../../../core/models/manifest.ts';
import { zooManifest } from '../../../core/models/zoo.testing.ts';
import { bench } from '../../../state/bench/bench.ts';
import { device } from '../../../state/device/device.ts';
import {
  chosenGenerators,
  generatorsOf,
  generatorTitle,
  NOBODY,
  pickGenerator,
  thinking,
} from './thinking.ts';

const models = readManifest(zooManifest());
const facts = { threads: 1, gpu: { state: 'missing' } } as never;
const generators = (modelId: string) =>
  generatorsOf({ ...bench.getState(), models, modelId }, { ...device.getState(), facts });
const chosen = (modelId = 'reasoner') =>
  chosenGenerators(generators(modelId), thinking.getState()).map(({ id }) => id);

beforeEach(() => thinking.setState(thinking.getInitialState()));

describe('who writes', () => {
  it('is fp32 and int8 of the selected model, unless others are picked', () => {
    expect(chosen()).toEqual(['reasoner/fp32-wasm', 'reasoner/int8-wasm']);
    pickGenerator(generators('reasoner'), 1, 'reasoner-early/fp32-wasm');
    expect(chosen()).toEqual(['reasoner/fp32-wasm', 'reasoner-early/fp32-wasm']);
    // What was picked for one model says nothing about another.
    expect(chosen('reasoner-early')).toEqual([
      'reasoner-early/fp32-wasm',
      'reasoner-early/int8-wasm',
    ]);
  });

  it('may be one alone, and never the same one twice', () => {
    pickGenerator(generators('reasoner'), 1, NOBODY);
    expect(chosen()).toEqual(['reasoner/fp32-wasm']);
    pickGenerator(generators('reasoner'), 1, 'reasoner/fp32-wasm');
    expect(chosen()).toEqual(['reasoner/fp32-wasm']);
  });

  it('is nobody for a model that writes nothing', () => {
    expect(generators('digits')).toEqual([]);
  });

  it('is named with its model where that is not the selected one', () => {
    const named = generators('reasoner').map((one) => generatorTitle(one, 'reasoner'));
    expect(named).toContain('fp32, WASM, 1 thread');
    expect(named).toContain('Reasoner, stopped early: fp32, WASM, 1 thread');
  });
});
