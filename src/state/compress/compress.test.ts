import { beforeEach, describe, expect, it } from 'vitest';
import { calibrationNoise, NOISE_SEED } from '../../core/compress/inputs/calibrated.ts';
import type { Timing } from '../../core/compress/proof/proof.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { digitModel, genericModel, spec, variant } from '../../core/race/testing.ts';
import { deviceFacts } from '../../engine/device/testing.ts';
import { bench } from '../bench/bench.ts';
import { openRecipe, recipeOf, setOption, techniqueChoices, toggleTechnique } from './composing.ts';
import { compression, type Made } from './compress.ts';
import { openCompressFiles } from './compressFiles.ts';
import {
  chooseInputs,
  chosenInputs,
  keepOwnInputs,
  setInputCount,
  splitInputs,
} from './compressInputs.ts';
import { recordOf } from './compressing.ts';
import { findLayers, layerRows } from './compressLayers.ts';
import { chooseSource, currentSource, sourcesIn } from './compressSource.ts';
import { shownOf, variantRows } from './compressView.ts';

const zoo = digitModel(variant('fp32'), variant('int8'));
const other = {
  ...genericModel(variant('fp32')),
  task: { kind: 'generic', seed: 1, inputs: [spec('x', 'float32', 1)] },
} as const;

beforeEach(() => {
  compression.setState(compression.getInitialState(), true);
  bench.setState({ ...bench.getInitialState(), models: [zoo, other], modelId: zoo.id });
});

const STATIC = { version: 1, title: 'int8', steps: [{ technique: 'static-int8' }] };
const FILE = { name: 'x.npy', sha256: '0'.repeat(64) };

const recipe = () => recipeOf(compression.getState());
const jsonFile = (json: unknown, name = 'my.json') => new File([JSON.stringify(json)], name);

describe('putting a recipe together', () => {
  it('takes techniques in the order in which they are applied, with all their options', () => {
    toggleTechnique('prune');
    setOption('prune', 'sparsity', 0.5);
    expect(recipe()?.steps.map(({ technique }) => technique)).toEqual(['prune', 'static-int8']);
    expect(recipe()?.steps[0]?.options).toMatchObject({ sparsity: 0.5, method: 'magnitude' });
    expect(recipe()?.title).toContain('50%');
    const [shown] = techniqueChoices(compression.getState()).filter(
      ({ technique }) => technique.id === 'prune',
    );
    expect(shown?.expected?.zipped).toBe(true);
    toggleTechnique('prune');
    toggleTechnique('static-int8');
    expect(recipe()).toBeNull();
  });

  it('reads back the recipe that it wrote', async () => {
    toggleTechnique('fp16');
    setOption('static-int8', 'keep', ['a']);
    const written = recipe();
    compression.setState(compression.getInitialState(), true);
    await openRecipe(jsonFile(written));
    expect(compression.getState().refusal).toBeNull();
    expect(recipe()).toEqual(written);
  });

  it.each([
    ['recipe:', /my\.json is not a recipe: it is not valid JSON/],
    ['{}', /This is not a recipe: version/],
    ['{"version": 9, "title": "x", "steps": [{"technique": "fp16"}]}', /has version 9/],
    ['{"version": 1, "title": "x", "steps": [{"technique": "magic"}]}', /no technique "magic"/],
    [
      '{"version": 1, "title": "x", "steps": [{"technique": "prune", "options": {"sparsity": 2}}]}',
      /"prune": sparsity/,
    ],
  ])('refuses %s in a sentence, and reads a good one after it', async (text, says) => {
    await openCompressFiles([new File([text], 'my.json')]);
    expect(compression.getState().refusal?.message).toMatch(says);
    const good = { version: 1, title: 'Half', steps: [{ technique: 'fp16' }] };
    await openCompressFiles([jsonFile(good)]);
    expect(compression.getState().refusal).toBeNull();
    expect(recipe()).toMatchObject({ title: 'Half', steps: [{ technique: 'fp16' }] });
  });

  it('refuses another order, which it could not show', async () => {
    const steps = [{ technique: 'fp16' }, { technique: 'prune' }];
    await openRecipe(jsonFile({ version: 1, title: 'Odd', steps }));
    expect(compression.getState().refusal?.message).toContain('"Odd" repeats techniques or has');
    expect(recipe()?.steps).toHaveLength(1);
  });

  it('names files that are nothing it knows', async () => {
    await openCompressFiles([new File(['x'], 'cat.png')]);
    expect(compression.getState().refusal?.message).toMatch(
      /None of these is a model .* recipe \(\.json\): cat\.png/,
    );
  });
});

describe('inputs', () => {
  const values = Float32Array.from({ length: 10 }, (_, i) => i);
  const own = {
    count: 10,
    inputs: [{ name: 'x', type: 'float32', dims: [1], data: values }],
  } as const;
  const { signal } = new AbortController();
  const numbers = async () => {
    const { calibration, choice, proof } = await splitInputs(other, signal);
    return [calibration, choice, proof].map(({ feeds }) => [...(feeds.inputs[0]?.data ?? [])]);
  };

  it('of the user are split, so that nothing is proved on what calibrated', async () => {
    keepOwnInputs(own, [FILE]);
    setInputCount(4);
    expect(await numbers()).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    setInputCount(99);
    expect(chosenInputs(other, compression.getState()).count).toBe(5);
  });

  it('that are too few serve for both, and say so', async () => {
    keepOwnInputs({ ...own, count: 1 }, [FILE]);
    const { proof } = await splitInputs(other, signal);
    expect(proof.title).toBe('1 of your inputs, the ones that calibrated');
  });

  it('are noise where nobody gave any: other noise for each purpose', async () => {
    const [calibration, choice, proof] = await numbers();
    expect(new Set([calibration, choice, proof].map((each) => each?.[0])).size).toBe(3);
    expect((await splitInputs(other, signal)).proof.noise).toBe(true);
    expect(chosenInputs(zoo, compression.getState()).kind).toBe(zoo.samples ? 'samples' : 'noise');
  });

  it('are told in a recipe, so that it calibrates on the same again', async () => {
    const on = async () => (await splitInputs(other, signal)).on;
    expect(await on()).toEqual({ kind: 'noise', count: 8, seed: NOISE_SEED, sizes: {} });
    keepOwnInputs(own, [FILE]);
    setInputCount(4);
    const told = await on();
    expect(told).toEqual({ kind: 'files', count: 4, files: [FILE] });
    expect(recordOf(readRecipe(STATIC), told).calibration).toEqual(told);
    // Weights alone need none.
    const weights = readRecipe({ ...STATIC, steps: [{ technique: 'fp16' }] });
    expect(recordOf(weights, told)).toEqual(weights);
  });

  it('of a recipe’s noise are made from its seed and sizes', async () => {
    const free = { ...other.task, inputs: [spec('x', 'float32', 'batch', 'n')] };
    const model = { ...other, task: free };
    const calibration = { kind: 'noise', count: 3, seed: 5, sizes: { batch: 1, n: 2 } } as const;
    await openRecipe(jsonFile({ ...STATIC, calibration }));
    expect(compression.getState().refusal).toBeNull();
    const found = await splitInputs(model, signal);
    expect(found.on).toEqual(calibration);
    expect(found.calibration.feeds).toEqual(calibrationNoise(free.inputs, calibration));
    chooseInputs('noise');
    expect((await splitInputs(model, signal)).on).toMatchObject({ count: 8, seed: NOISE_SEED });
  });

  it('are forgotten with the model that they are for', () => {
    chooseSource(`${other.id}/fp32`);
    keepOwnInputs(own, [FILE]);
    chooseSource(`${other.id}/fp32`);
    expect(compression.getState().ownInputs?.count).toBe(10);
    chooseSource(`${zoo.id}/fp32`);
    expect(compression.getState().ownInputs).toBeNull();
  });
});

const timing = (originalMs: number, ratio: number): Timing => ({
  backend: 'WASM, 2 threads',
  originalMs,
  variantMs: originalMs / ratio,
  speedup: { ratio, interval: null, pairs: 3 },
  ran: null,
});

const made = (id: string, more: Partial<Made> = {}): Made => ({
  id,
  source: `${zoo.id}/fp32`,
  title: id,
  precision: 'int8',
  recipe: { version: 1, title: id, steps: [] },
  pruned: false,
  size: { bytes: 10, gzip: 8 },
  ms: 5,
  reports: [],
  calibrated: null,
  auto: null,
  answers: { state: 'missing' },
  timing: { state: 'missing' },
  layers: { state: 'missing' },
  ...more,
});

describe('what is shown', () => {
  const ready = (value: Timing) => ({ state: 'ready', value }) as const;

  it('holds times of different races against one original', () => {
    const source = currentSource();
    if (!source) throw new Error('A model is chosen.');
    const all = [
      made('a', { timing: ready(timing(10, 2)) }),
      // The machine had become twice as slow by then.
      made('b', { timing: ready(timing(20, 2)) }),
      made('c'),
      made('elsewhere', { source: 'other/fp32' }),
    ];
    const state = { ...compression.getState(), made: all };
    const device = { facts: deviceFacts(), pickedClass: null, calibration: null };
    const [original, a, b, c, ...rest] = variantRows(state, source, device);
    expect(rest).toEqual([]);
    expect(original?.ms).toBe(15);
    expect([a?.ms, b?.ms]).toEqual([5, 10]);
    expect([a?.heldMs, b?.heldMs]).toEqual([7.5, 7.5]);
    expect(a?.energy?.marginal.low).toBeGreaterThan(0);
    expect(c?.heldMs).toBeNull();
    expect(shownOf(state, source)?.id).toBe('c');
    expect(shownOf({ ...state, shown: 'a' }, source)?.id).toBe('a');
  });

  it('offers no made or quantized file as something to compress', () => {
    const models = [digitModel(variant('fp32'), variant('int8'), { ...variant('fp32'), id: 'm' })];
    expect(sourcesIn(models, [made('m')]).map(({ variant: { id } }) => id)).toEqual(['fp32']);
  });

  it('joins what all steps did to a node with its error', () => {
    const decision = { node: 'y', title: 'conv', operator: 'Conv' } as const;
    const layers = layerRows(
      made('a', {
        reports: [
          {
            technique: 'prune',
            title: 'Pruning',
            ms: 1,
            decisions: [{ ...decision, outcome: 'changed', reason: 'half is zero' }],
          },
          {
            technique: 'fp16',
            title: 'float16',
            ms: 1,
            decisions: [{ ...decision, outcome: 'kept', reason: 'float32: as asked' }],
          },
        ],
        layers: {
          state: 'ready',
          value: [
            { tensor: 'x', title: 'pad', operator: 'Pad', sqnr: 50, alone: null },
            { tensor: 'y', title: 'conv', operator: 'Conv', sqnr: 30, alone: 40 },
            { tensor: 'z', title: 'relu', operator: 'Relu', sqnr: 20, alone: null },
          ],
        },
      }),
    );
    expect(layers.map(({ node }) => node)).toEqual(['x', 'y', 'z']);
    expect(layers[1]).toMatchObject({ node: 'y', outcome: 'changed', error: { alone: 40 } });
    expect(layers[1]?.reasons.map(({ technique }) => technique)).toEqual(['float16', 'Pruning']);
    expect(findLayers(layers, 'HALF', 'all', 'graph').map(({ node }) => node)).toEqual(['y']);
    expect(findLayers(layers, '', 'all', 'error').map(({ node }) => node)).toEqual(['z', 'y', 'x']);
    expect(findLayers(layers, '', 'kept', 'graph').map(({ node }) => node)).toEqual(['x', 'z']);
  });
});
