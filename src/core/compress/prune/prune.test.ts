import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { floats, type GraphInit, modelOf, node, stored, value } from '../../onnx/build.ts';
import {
  type ModelProto,
  TensorProto_DataType as T,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { concat, modelParts } from '../../onnx/write.ts';
import type { OutputTensor } from '../../tensors/tensors.ts';
import type { Context, Runner } from '../technique.ts';
import { sparsityOf } from './sparsity.ts';
import { prune } from './technique.ts';

const context = (runner: Runner | null = null): Context => ({
  runner,
  progress: () => undefined,
  signal: { aborted: false, throwIfAborted: () => undefined } as Context['signal'],
});

/** Gives the same activations for every model. */
const runnerOf = (...given: OutputTensor[]): Runner => ({
  count: 1,
  noise: false,
  observe: async (_, names, take) => {
    for (const tensor of given) if (names.includes(tensor.name)) take(tensor, 0);
  },
});

async function pruned(model: ModelProto, options: object, runner: Runner | null = null) {
  const all = v.parse(prune.schema, { ends: false, ...options });
  const decisions = await prune.apply(model, all, context(runner));
  return Object.fromEntries(decisions.map((each) => [each.node, each]));
}

const numbersOf = (model: ModelProto, name: string): number[] => {
  const found = model.graph?.initializer.find((each) => each.name === name);
  return found ? [...tensorNumbers(found)] : [];
};

const zeros = (numbers: readonly number[]) => numbers.filter((x) => x === 0).length;

type Weights = readonly [name: string, dims: readonly number[], numbers: readonly number[]];

/** A chain of products, one for each pair of weights. */
const chain = (...weights: readonly Weights[]): ModelProto =>
  modelOf({
    input: [value('x', T.FLOAT, 1, weights[0]?.[1][0] ?? 1)],
    output: [value(`y${weights.length}`, T.FLOAT, 1, 'n')],
    initializer: weights.map(([name, dims, numbers]) => floats(name, dims, numbers)),
    node: weights.map(([name], i) => node('MatMul', [i ? `y${i}` : 'x', name], [`y${i + 1}`])),
  });

const conv = (dims: readonly number[], numbers: readonly number[], group = 1): ModelProto =>
  modelOf({
    input: [value('x', T.FLOAT, 1, (dims[1] ?? 1) * group, 4, 4)],
    output: [value('y', T.FLOAT, 1, dims[0] ?? 1, 4, 4)],
    initializer: [floats('w', dims, numbers)],
    node: [node('Conv', ['x', 'w'], ['y'], { group })],
  });

/** Small whole numbers, so that many are equal, and zeros among them. */
const tied = (count: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count });
const anyMatrix = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, columns]) =>
    fc.record({
      dims: fc.constant([rows, columns] as const),
      numbers: fc.oneof(
        tied(rows * columns),
        fc.array(fc.float({ noNaN: true }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        }),
      ),
    }),
  );
const share = fc.integer({ min: 0, max: 95 }).map((hundredths) => hundredths / 100);

describe('sparsity', () => {
  it('is exact, takes the smallest, and leaves the others as they were', async () => {
    await fc.assert(
      fc.asyncProperty(anyMatrix, share, async ({ dims, numbers }, sparsity) => {
        const model = chain(['w', dims, numbers]);
        const before = numbersOf(model, 'w');
        await pruned(model, { sparsity });
        const after = numbersOf(model, 'w');
        const wanted = Math.round(sparsity * before.length);
        expect(zeros(after)).toBe(Math.max(wanted, zeros(before)));
        const gone = before.filter((x, i) => x !== 0 && after[i] === 0).map(Math.abs);
        const left = after.filter((x) => x !== 0).map(Math.abs);
        expect(Math.max(0, ...gone)).toBeLessThanOrEqual(Math.min(Infinity, ...left));
        after.forEach((x, i) => {
          if (x !== 0) expect(x).toBe(before[i]);
        });
      }),
    );
  });

  it('changes nothing the second time, and makes the same bytes twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyMatrix,
        share,
        fc.constantFrom('layer', 'output', 'global'),
        fc.constantFrom('none', '2:4', '1:4', '4:8'),
        async ({ dims, numbers }, sparsity, scope, pattern) => {
          const [a, b] = [chain(['w', dims, numbers]), chain(['w', dims, numbers])];
          for (const model of [a, b]) await pruned(model, { sparsity, scope, pattern });
          const once = concat(modelParts(a));
          expect(Buffer.compare(once, concat(modelParts(b)))).toBe(0);
          await pruned(a, { sparsity, scope, pattern });
          expect(Buffer.compare(once, concat(modelParts(a)))).toBe(0);
        },
      ),
    );
  });

  it('is the same for every output where outputs are compared', async () => {
    // Columns of a product, rows of a convolution.
    const model = chain(['w', [4, 2], [1, 10, 2, 20, 3, 30, 4, 40]]);
    await pruned(model, { sparsity: 0.5, scope: 'output' });
    expect(numbersOf(model, 'w')).toEqual([0, 0, 0, 0, 3, 30, 4, 40]);
    const image = conv([2, 1, 2, 2], [1, 2, 3, 4, 10, 20, 30, 40]);
    await pruned(image, { sparsity: 0.5, scope: 'output' });
    expect(numbersOf(image, 'w')).toEqual([0, 0, 3, 4, 0, 0, 30, 40]);
  });

  it('is shared out by size where all layers are compared', async () => {
    const model = chain(['small', [2, 2], [1, 2, 3, 4]], ['large', [2, 2], [10, 20, 30, 40]]);
    const decisions = await pruned(model, { sparsity: 0.5, scope: 'global' });
    expect(numbersOf(model, 'small')).toEqual([0, 0, 0, 0]);
    expect(numbersOf(model, 'large')).toEqual([10, 20, 30, 40]);
    expect(decisions['y1']?.reason).toBe('100% of its weights are zero');
    expect(decisions['y2']?.reason).toBe('0% of its weights are zero');
  });

  it('never writes to the file', async () => {
    const model = chain(['w', [2, 2], [1, 2, 3, 4]]);
    const bytes = model.graph?.initializer[0]?.rawData as Uint8Array;
    const before = bytes.slice();
    await pruned(model, { sparsity: 0.5 });
    expect(bytes).toEqual(before);
  });
});

describe('patterns', () => {
  it.each([
    ['2:4', 2, 4],
    ['1:4', 1, 4],
    ['4:8', 4, 8],
  ])(
    '%s holds along the inputs of a product and of a convolution',
    async (pattern, keep, among) => {
      const sizes = {
        inputs: fc.integer({ min: 1, max: 17 }),
        others: fc.integer({ min: 1, max: 4 }),
      };
      await fc.assert(
        fc.asyncProperty(fc.record(sizes), fc.boolean(), async ({ inputs, others }, isConv) => {
          const numbers = Array.from({ length: inputs * others }, (_, i) => ((i * 7) % 11) + 1);
          const model = isConv
            ? conv([1, inputs, others, 1], numbers)
            : chain(['w', [inputs, others], numbers]);
          await pruned(model, { pattern });
          const after = numbersOf(model, 'w');
          for (let column = 0; column < others; column++) {
            const read = Array.from({ length: inputs }, (_, i) => after[i * others + column] ?? 0);
            for (let from = 0; from < inputs; from += among) {
              const group = read.slice(from, from + among);
              expect(group.length - zeros(group)).toBe(Math.min(keep, group.length));
            }
          }
        }),
      );
    },
  );

  it('keeps the largest of each group', async () => {
    const model = chain(['w', [4, 1], [3, -9, 1, -4]]);
    await pruned(model, { pattern: '2:4' });
    expect(numbersOf(model, 'w')).toEqual([0, -9, 0, -4]);
  });

  it('runs along the rows of a transposed Gemm', async () => {
    const model = modelOf({
      input: [value('x', T.FLOAT, 1, 4)],
      output: [value('y', T.FLOAT, 1, 2)],
      initializer: [floats('w', [2, 4], [1, 2, 3, 4, 8, 7, 6, 5])],
      node: [node('Gemm', ['x', 'w'], ['y'], { transB: 1 })],
    });
    await pruned(model, { pattern: '2:4' });
    expect(numbersOf(model, 'w')).toEqual([0, 0, 3, 4, 8, 7, 0, 0]);
  });
});

describe('Wanda', () => {
  const activations = (dims: number[], data: number[]): OutputTensor => ({
    name: 'x',
    dims,
    data: Float32Array.from(data),
  });

  it('ranks by the activations that a weight meets', async () => {
    const model = chain(['w', [2, 2], [1, 2, 3, 4]]);
    const runner = runnerOf(activations([1, 2, 2], [100, 1, -100, 1]));
    await pruned(model, { sparsity: 0.5, method: 'wanda' }, runner);
    expect(numbersOf(model, 'w')).toEqual([1, 2, 0, 0]);
  });

  it('meets the channels of its own group', async () => {
    const model = conv([2, 2, 1, 1], [1, 2, 3, 4], 2);
    const runner = runnerOf(activations([1, 4, 1, 1], [9, 1, 1, 9]));
    await pruned(model, { sparsity: 0.5, method: 'wanda' }, runner);
    expect(numbersOf(model, 'w')).toEqual([1, 0, 0, 4]);
  });

  it('meets rows where the weights stand on the left', async () => {
    const model = modelOf({
      input: [value('x', T.FLOAT, 2, 3)],
      output: [value('y', T.FLOAT, 1, 3)],
      initializer: [floats('w', [1, 2], [1, 2])],
      node: [node('MatMul', ['w', 'x'], ['y'])],
    });
    const runner = runnerOf(activations([2, 3], [5, 5, 5, 1, 1, 1]));
    await pruned(model, { sparsity: 0.5, method: 'wanda' }, runner);
    expect(numbersOf(model, 'w')).toEqual([1, 0]);
  });

  it('says so where nothing can run the model', async () => {
    await expect(
      pruned(chain(['w', [2, 2], [1, 2, 3, 4]]), { method: 'wanda' }),
    ).rejects.toMatchObject({ name: 'CompressError' });
    expect(prune.needsInputs(v.parse(prune.schema, { method: 'wanda' }))).toBe(true);
    expect(prune.needsInputs(v.parse(prune.schema, {}))).toBe(false);
  });
});

describe('which weights', () => {
  const four = [1, 2, 3, 4];

  it('spares both ends, and nodes that are named', async () => {
    const model = chain(
      ['a', [2, 2], four],
      ['b', [2, 2], four],
      ['c', [2, 2], four],
      ['d', [2, 2], four],
    );
    const decisions = await pruned(model, { sparsity: 0.5, ends: true, keep: ['y2'] });
    expect(Object.values(decisions).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['kept', 'not pruned: the first layer'],
      ['kept', 'not pruned: as asked'],
      ['changed', '50.0% of its weights are zero'],
      ['kept', 'not pruned: the last layer'],
    ]);
    expect(numbersOf(model, 'a')).toEqual(four);
  });

  it('prunes shared weights once, and says so', async () => {
    const model = chain(['w', [2, 2], four], ['w2', [2, 2], four]);
    const second = model.graph?.node[1];
    if (second) second.input[1] = 'w';
    const decisions = await pruned(model, { sparsity: 0.5 });
    expect(numbersOf(model, 'w')).toEqual([0, 0, 3, 4]);
    expect(decisions['y2']?.reason).toBe('50.0% of its weights are zero, shared by 2 nodes');
  });

  it('leaves weights that an embedding or a caller uses too', async () => {
    const graph = (): GraphInit => ({
      input: [value('i', T.INT64, 1), value('own', T.FLOAT, 2, 2)],
      output: [value('y', T.FLOAT, 1, 2)],
      initializer: [
        floats('t', [2, 2], four),
        floats('own', [2, 2], four),
        floats('w', [2, 2], four),
      ],
      node: [
        node('Gather', ['t', 'i'], ['g']),
        node('MatMul', ['g', 't'], ['a']),
        node('MatMul', ['a', 'own'], ['b']),
        node('MatMul', ['b', 'w'], ['y']),
      ],
    });
    const decisions = await pruned(modelOf(graph()), { sparsity: 0.5 });
    expect(decisions['a']?.reason).toBe('not pruned: its weights are shared with Gather_g');
    expect(decisions['b']?.reason).toBe('not pruned: callers see its weights');
    expect(decisions['y']?.outcome).toBe('changed');
  });

  it('prunes weights that a Constant holds', async () => {
    const model = modelOf({
      input: [value('x', T.FLOAT, 1, 2)],
      output: [value('y', T.FLOAT, 1, 2)],
      node: [
        node('Constant', [], ['w'], { value: floats('', [2, 2], four) }),
        node('MatMul', ['x', 'w'], ['y']),
      ],
    });
    await pruned(model, { sparsity: 0.5 });
    const held = model.graph?.node[0]?.attribute[0]?.t;
    expect(held && [...tensorNumbers(held)]).toEqual([0, 0, 3, 4]);
  });

  it('refuses NaN, and a model without weights', async () => {
    await expect(pruned(chain(['w', [1, 2], [Number.NaN, 1]]), {})).rejects.toThrow(/NaN/);
    const relu = modelOf({
      input: [value('x', T.FLOAT, 1)],
      output: [value('y', T.FLOAT, 1)],
      node: [node('Relu', ['x'], ['y'])],
    });
    await expect(pruned(relu, {})).rejects.toMatchObject({ name: 'CompressError' });
  });
});

describe('sparsityOf', () => {
  it('counts zeros of either sign in long weights of each width', () => {
    const tensor = (name: string, type: T, bytes: Uint8Array<ArrayBuffer>, width: number) =>
      stored(name, type, [bytes.length / width], bytes.buffer);
    const half = new Uint8Array(
      Uint16Array.from({ length: 256 }, (_, i) => (i < 9 ? 0x8000 : 1)).buffer,
    );
    const codes = new Uint8Array(
      Int8Array.from({ length: 300 }, (_, i) => (i < 7 ? 0 : -128)).buffer,
    );
    const model = modelOf({
      initializer: [
        floats('f', [256], [-0, 0, ...new Array(254).fill(2 ** -149)]),
        tensor('h', T.FLOAT16, half, 2),
        tensor('q', T.INT8, codes, 1),
        tensor('u', T.UINT8, new Uint8Array(300), 1),
        floats('short', [9]),
      ],
    });
    expect(sparsityOf(model)).toEqual({ zeros: 2 + 9 + 7, elements: 256 + 256 + 300 });
  });

  it('finds what was asked for', async () => {
    const numbers = Array.from({ length: 400 }, (_, i) => Math.sin(i + 1));
    const model = chain(['w', [20, 20], numbers]);
    await pruned(model, { sparsity: 0.75 });
    expect(sparsityOf(model)).toEqual({ zeros: 300, elements: 400 });
    expect(sparsityOf(modelOf({ initializer: [create(TensorProtoSchema, {})] }))).toEqual({
      zeros: 0,
      elements: 0,
    });
  });
});
