import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CalibrationSchema, calibrate } from '../../core/compress/calibrate/calibrate.ts';
import { quantizeOne, SYMMETRIC_INT8, symmetricParams } from '../../core/compress/formulas.ts';
import { correctBiases } from '../../core/compress/repair/biasCorrection.ts';
import { EqualizeOptions, equalize } from '../../core/compress/repair/equalize.ts';
import { SmoothOptions, smooth, smoothingFactors } from '../../core/compress/repair/smooth.ts';
import { planStatic, quantizeStatic } from '../../core/compress/static/quantize.ts';
import { StaticOptions } from '../../core/compress/static/technique.ts';
import type { Context, Runner } from '../../core/compress/technique.ts';
import {
  floats,
  type GraphInit,
  modelOf,
  type NodeInit,
  node,
  value,
} from '../../core/onnx/build.ts';
import {
  AttributeProto_AttributeType as A,
  type ModelProto,
  TensorProto_DataType as T,
} from '../../core/onnx/onnx_pb.ts';
import { tensorNumbers } from '../../core/onnx/tensors.ts';
import { compareOutputs, sqnr } from '../../core/race/fidelity.ts';
import { seededRandom } from '../../core/tensors/random.ts';
import type { FeedSet, OutputTensor } from '../../core/tensors/tensors.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);

const weights = (name: string, dims: readonly number[], seed: number) =>
  floats(name, dims, random(size(dims), seed));

/** Rows, the first axis, from about 1/32 to 32 times as large as they were. */
function uneven(name: string, dims: readonly number[], seed: number, sign = 1) {
  const rows = dims[0] as number;
  const powers = random(rows, 99).map((x) => 2 ** (sign * 10 * x));
  const row = size(dims) / rows;
  return floats(
    name,
    dims,
    random(size(dims), seed).map((x, i) => x * (powers[Math.floor(i / row)] as number)),
  );
}

const io = (input: readonly number[], output: readonly number[]) => ({
  input: [value('x', T.FLOAT, ...input)],
  output: [value('y', T.FLOAT, ...output)],
});

const SIGNAL = { throwIfAborted: () => {} } as Context['signal'];
const contextWith = (runner: Context['runner']): Context => ({
  runner,
  progress: () => {},
  signal: SIGNAL,
});

const INPUT = [4, 4, 8, 8];

const feeds = (dims: readonly number[], count: number, shape: (x: number, i: number) => number) =>
  ({
    count,
    inputs: [
      {
        name: 'x',
        type: 'float32',
        dims,
        data: Float32Array.from(random(count * size(dims), 7), shape),
      },
    ],
  }) satisfies FeedSet;

const runnerFor = (set: FeedSet) => sessionRunner(ort, set, false, SIGNAL);

/** The model's outputs for the first inputs. */
async function outputsOf(model: ModelProto, set: FeedSet): Promise<OutputTensor[]> {
  const found: OutputTensor[] = [];
  const names = (model.graph?.output ?? []).map(({ name }) => name);
  await runnerFor(set).observe(model, names, ({ name, dims, data }, input) => {
    found.push({ name: `${name}${input}`, dims, data: data.slice() });
  });
  return found;
}

const images = feeds(INPUT, 2, (x) => 2 * x);

async function likeness(model: ModelProto, original: ModelProto, set: FeedSet = images) {
  const fidelity = compareOutputs(await outputsOf(model, set), await outputsOf(original, set));
  if (!fidelity) throw new Error('The outputs have other shapes.');
  return sqnr(fidelity);
}

/** Two numbers of float32 that are equal but for rounding differ by this much or less. */
const EQUAL_DB = 110;

function leaky(input: string, output: string): NodeInit {
  const made = node('LeakyRelu', [input], [output]);
  (made as { attribute: object[] }).attribute.push({ name: 'alpha', type: A.FLOAT, f: 0.2 });
  return made;
}

/** Pointwise, depthwise and grouped convolutions, a transposed one, pools, and a flattened end. */
const deep = (limit: 'Relu' | 'Clip' = 'Relu'): GraphInit => ({
  ...io(INPUT, [4, 6]),
  initializer: [
    uneven('w1', [8, 4, 3, 3], 1),
    weights('b1', [8], 2),
    weights('w2', [8, 1, 3, 3], 3),
    weights('b2', [8], 4),
    uneven('w3', [12, 4, 1, 1], 5, -1),
    weights('b3', [12], 11),
    weights('w4', [12, 3, 2, 2], 6),
    weights('b4', [6], 7),
    weights('g', [6 * 16, 10], 8),
    weights('gb', [1, 10], 9),
    weights('h', [6, 10], 10),
    weights('hb', [6], 12),
    ...(limit === 'Clip' ? [floats('zero', [], [0]), floats('six', [], [6])] : []),
  ],
  node: [
    node('Conv', ['x', 'w1', 'b1'], ['a1'], { pads: [1, 1, 1, 1] }),
    limit === 'Relu' ? node('Relu', ['a1'], ['r1']) : node('Clip', ['a1', 'zero', 'six'], ['r1']),
    node('Conv', ['r1', 'w2', 'b2'], ['a2'], { pads: [1, 1, 1, 1], group: 8 }),
    leaky('a2', 'r2'),
    node('MaxPool', ['r2'], ['p2'], { kernel_shape: [2, 2], strides: [2, 2] }),
    node('Conv', ['p2', 'w3', 'b3'], ['a3'], { group: 2 }),
    node('Relu', ['a3'], ['r3']),
    node('ConvTranspose', ['r3', 'w4', 'b4'], ['a4'], { strides: [2, 2], group: 2 }),
    node('Relu', ['a4'], ['r4']),
    node('AveragePool', ['r4'], ['p4'], { kernel_shape: [2, 2], strides: [2, 2] }),
    node('Flatten', ['p4'], ['f'], { axis: 1 }),
    node('Gemm', ['f', 'g', 'gb'], ['m']),
    node('Relu', ['m'], ['rm']),
    node('Gemm', ['rm', 'h', 'hb'], ['y'], { transB: 1 }),
  ],
});

/** All weights of convolutions and products as int8 with one scale for each tensor, back in float. */
function rounded(model: ModelProto): ModelProto {
  for (const tensor of model.graph?.initializer ?? []) {
    if (tensor.dims.length < 2) continue;
    const numbers = tensorNumbers(tensor);
    const peak = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const params = symmetricParams(peak, SYMMETRIC_INT8);
    const codes = numbers.map((x) => quantizeOne(x, params, SYMMETRIC_INT8) * params.scale);
    tensor.rawData = new Uint8Array(Float32Array.from(codes).buffer);
  }
  return model;
}

const equalizedModel = async (graph: GraphInit, options: object = {}) => {
  const model = modelOf(graph);
  const decisions = await equalize.apply(
    model,
    v.parse(EqualizeOptions, options),
    contextWith(null),
  );
  return { model, decisions };
};

describe('equalization', () => {
  it('keeps the function', async () => {
    const { model, decisions } = await equalizedModel(deep());
    expect(await likeness(model, modelOf(deep()))).toBeGreaterThan(EQUAL_DB);
    const changed = decisions.filter(({ outcome }) => outcome === 'changed');
    expect(changed.map(({ operator }) => operator)).toEqual([
      'Conv',
      'Conv',
      'Conv',
      'ConvTranspose',
      'Gemm',
      'Gemm',
    ]);
  });

  it('spares int8 weights with one scale per tensor most of their error', async () => {
    const plain = await likeness(rounded(modelOf(deep())), modelOf(deep()));
    const { model } = await equalizedModel(deep());
    const better = await likeness(rounded(model), modelOf(deep()));
    expect(better).toBeGreaterThan(plain + 10);
  });

  it('leaves a limit alone, unless it may go', async () => {
    const kept = await equalizedModel(deep('Clip'));
    expect(await likeness(kept.model, modelOf(deep('Clip')))).toBeGreaterThan(EQUAL_DB);
    expect(kept.model.graph?.node.some(({ opType }) => opType === 'Clip')).toBe(true);
    const opened = await equalizedModel(deep('Clip'), { openLimits: true });
    expect(opened.model.graph?.node.some(({ opType }) => opType === 'Clip')).toBe(false);
    expect(await likeness(opened.model, modelOf(deep('Relu')))).toBeGreaterThan(EQUAL_DB);
  });
});

const TOKENS = [1, 6, 8];

/** Query, key and value of one normalization, a layer after a Relu, a normalization by hand, a residual sum. */
const transformer = (residual = 'x'): GraphInit => ({
  ...io(TOKENS, TOKENS),
  initializer: [
    floats('ln_scale', [8], [1, 0.9, 40, 1, 1.1, 0.02, 1, 25]),
    weights('ln_bias', [8], 1),
    ...['q', 'k', 'v', 'o'].map((name, i) => weights(name, [8, 8], 2 + i)),
    weights('gamma', [8], 6),
    weights('beta', [1, 1, 8], 7),
    uneven('up', [8, 16], 8),
    weights('up_bias', [16], 9),
    weights('down', [16, 8], 10),
  ],
  node: [
    node('LayerNormalization', ['x', 'ln_scale', 'ln_bias'], ['n'], { axis: -1 }),
    node('MatMul', ['n', 'q'], ['nq']),
    node('MatMul', ['n', 'k'], ['nk']),
    node('MatMul', ['n', 'v'], ['nv']),
    node('Transpose', ['nk'], ['kt'], { perm: [0, 2, 1] }),
    node('MatMul', ['nq', 'kt'], ['scores']),
    node('Softmax', ['scores'], ['p'], { axis: -1 }),
    node('MatMul', ['p', 'nv'], ['ctx']),
    node('MatMul', ['ctx', 'o'], ['out']),
    node('Add', [residual, 'out'], ['h']),
    node('Mul', ['h', 'gamma'], ['hg']),
    node('Add', ['beta', 'hg'], ['m']),
    node('MatMul', ['m', 'up'], ['u']),
    node('Add', ['u', 'up_bias'], ['ub']),
    node('Relu', ['ub'], ['r']),
    node('MatMul', ['r', 'down'], ['d']),
    node('Add', ['h', 'd'], ['y']),
  ],
});

const tokens = feeds(TOKENS, 4, (x) => 4 * x);

const smoothed = async (graph: GraphInit, options: object = {}) => {
  const model = modelOf(graph);
  const parsed = v.parse(SmoothOptions, options);
  const decisions = await smooth.apply(model, parsed, contextWith(runnerFor(tokens)));
  const changed = decisions.filter(({ outcome }) => outcome === 'changed');
  return { model, decisions, changed: changed.map(({ node: name }) => name) };
};

/** Largest magnitude of each channel of a tensor, and of the whole of it. */
async function reach(model: ModelProto, tensor: string, channels: number) {
  const peaks = new Float64Array(channels);
  await runnerFor(tokens).observe(model, [tensor], ({ data }) => {
    for (let i = 0; i < data.length; i++) {
      peaks[i % channels] = Math.max(peaks[i % channels] as number, Math.abs(data[i] as number));
    }
  });
  return peaks;
}

describe('SmoothQuant', () => {
  it.each([false, true])('keeps the function, with Mul put in: %s', async (insert) => {
    const { model, changed } = await smoothed(transformer(), { insert });
    expect(await likeness(model, modelOf(transformer()), tokens)).toBeGreaterThan(EQUAL_DB);
    const absorbed = ['n', 'nq', 'nk', 'nv', 'out', 'hg', 'm', 'u', 'ub', 'd'];
    // The output of attention can be scaled through the weights of the values alone.
    expect(changed.sort()).toEqual(
      (insert ? absorbed : absorbed.filter((name) => name !== 'out')).sort(),
    );
  });

  it('brings the channels of activations nearer to one another', async () => {
    const before = await reach(modelOf(transformer()), 'n', 8);
    const { model } = await smoothed(transformer());
    const after = await reach(model, 'n', 8);
    const apart = (peaks: Float64Array) => Math.max(...peaks) / Math.min(...peaks);
    expect(apart(after)).toBeLessThan(apart(before) / 10);
  });

  it('leaves activations alone that something else reads, unless a Mul may go in', async () => {
    const { decisions } = await smoothed(transformer('n'));
    const query = decisions.find(({ node: name }) => name === 'nq');
    expect(query).toMatchObject({ outcome: 'kept' });
    expect(query?.reason).toContain('something else reads its activations');
    const { model, changed } = await smoothed(transformer('n'), { insert: true });
    expect(changed).toContain('nq');
    expect(model.graph?.node.filter(({ opType }) => opType === 'Mul').length).toBe(3);
    expect(await likeness(model, modelOf(transformer('n')), tokens)).toBeGreaterThan(EQUAL_DB);
  });

  it('takes the factors of the paper', () => {
    const factors = smoothingFactors(Float64Array.of(16, 0, 3), Float64Array.of(4, 1, 0), 0.5);
    expect([...factors]).toEqual([2, 1, 1]);
    expect([...smoothingFactors(Float64Array.of(16), Float64Array.of(4), 1)]).toEqual([16]);
  });

  it('needs inputs', async () => {
    const model = modelOf(transformer());
    await expect(
      smooth.apply(model, v.parse(SmoothOptions, {}), contextWith(null)),
    ).rejects.toThrow('needs inputs');
  });
});

const calibration = feeds(INPUT, 8, (x) => 2 * x);
const PIXELS = [1, 4, 4, 4];
const pixels = feeds(PIXELS, 4, (x) => 2 * x);
/** Each pass opens a session, which takes its time on a busy machine. */
const SESSIONS_MS = 60_000;

/** Static int8 with one scale for each tensor of weights, which shifts means the most. */
async function quantized(graph: GraphInit, set: FeedSet) {
  const options = v.parse(StaticOptions, { perChannel: false });
  const model = modelOf(graph);
  const context = contextWith(runnerFor(set));
  const plan = planStatic(model, options);
  quantizeStatic(
    model,
    await calibrate(model, plan, v.parse(CalibrationSchema, {}), context),
    options,
  );
  return model;
}

/** Largest shift of the mean of a channel (axis 1) from one model to the other, in the original's root mean square. */
async function shift(model: ModelProto, original: ModelProto, set: FeedSet, channels: number) {
  const sums = new Float64Array(channels);
  let [square, count] = [0, 0];
  const [have, want] = [await outputsOf(model, set), await outputsOf(original, set)];
  have.forEach(({ data, dims }, i) => {
    const inner = size(dims.slice(2));
    data.forEach((x, at) => {
      const expected = want[i]?.data[at] as number;
      const c = Math.floor(at / inner) % channels;
      sums[c] = (sums[c] as number) + x - expected;
      square += expected * expected;
      count += 1;
    });
  });
  const perChannel = count / channels;
  return Math.max(...sums.map(Math.abs)) / perChannel / Math.sqrt(square / count);
}

/** Convolutions of one pixel, one after another, with a Relu behind each. */
const chain = (length: number): GraphInit => {
  const at = (i: number) => (i === 0 ? 'x' : i === length ? 'y' : `r${i}`);
  return {
    ...io(PIXELS, PIXELS),
    initializer: Array.from({ length }, (_, i) => [
      floats(
        `w${i}`,
        [4, 4, 1, 1],
        random(16, 20 + i).map((x) => 1.6 * x),
      ),
      weights(`b${i}`, [4], 50 + i),
    ]).flat(),
    node: Array.from({ length }, (_, i) => [
      node('Conv', [at(i), `w${i}`, `b${i}`], [`c${i}`]),
      node('Relu', [`c${i}`], [at(i + 1)]),
    ]).flat(),
  };
};

describe('bias correction', () => {
  it(
    'takes the shift of the means away, and noise with it',
    async () => {
      const original = modelOf(deep());
      const model = await quantized(deep(), calibration);
      const before = {
        shift: await shift(model, original, calibration, 6),
        db: await likeness(model, original, calibration),
      };
      const decisions = await correctBiases(original, model, contextWith(runnerFor(calibration)));
      expect(decisions.filter(({ outcome }) => outcome === 'changed').length).toBeGreaterThan(2);
      const after = {
        shift: await shift(model, original, calibration, 6),
        db: await likeness(model, original, calibration),
      };
      expect(after.shift).toBeLessThan(before.shift / 3);
      expect(after.db).toBeGreaterThan(before.db);
    },
    SESSIONS_MS,
  );

  it(
    'runs a deep model a bounded number of times',
    async () => {
      const original = modelOf(chain(20));
      const model = await quantized(chain(20), pixels);
      const before = await shift(model, original, pixels, 4);
      const inner = runnerFor(pixels);
      let runs = 0;
      const runner: Runner = {
        ...inner,
        observe: (...given) => {
          runs += 1;
          return inner.observe(...given);
        },
      };
      const decisions = await correctBiases(original, model, contextWith(runner));
      expect(runs).toBe(17);
      expect(decisions.filter(({ outcome }) => outcome === 'changed').length).toBe(16);
      expect(await shift(model, original, pixels, 4)).toBeLessThan(before / 2);
    },
    SESSIONS_MS,
  );

  it('needs inputs', async () => {
    const model = modelOf(deep());
    await expect(correctBiases(model, model, contextWith(null))).rejects.toThrow('needs inputs');
  });
});
