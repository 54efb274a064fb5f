import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  floats,
  type GraphInit,
  integers,
  modelOf,
  type NodeInit,
  node,
  stored,
  value,
} from '../../onnx/build.ts';
import { indexGraph } from '../../onnx/graph.ts';
import { type GraphProto, type ModelProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import type { Context } from '../technique.ts';
import { broadcast, broadcastStrides, constantOf, places, stridesOf } from './fold/constant.ts';
import { PrepareOptions, prepare } from './technique.ts';

const CONTEXT = {
  runner: null,
  progress: () => {},
  signal: { throwIfAborted: () => {} },
} as unknown as Context;

async function tidy(graph: GraphInit, options: object = {}, opset = 17n) {
  const model = modelOf(graph, { opsetImport: [{ domain: '', version: opset }] });
  const decisions = await prepare.apply(model, v.parse(PrepareOptions, options), CONTEXT);
  return { model, graph: model.graph as GraphProto, decisions };
}

const initializer = ({ graph }: ModelProto, name: string) =>
  graph?.initializer.find((each) => each.name === name);

const numbers = (model: ModelProto, name: string): number[] => {
  const found = initializer(model, name);
  if (!found) throw new RangeError(`Nothing is stored as ${name}.`);
  return [...tensorNumbers(found)];
};

/** A graph that adds a computed constant "k" to its input. */
const adding = (
  more: { initializer: GraphInit['initializer'] & object; node: NodeInit[] },
  ...sizes: number[]
): GraphInit => ({
  initializer: more.initializer,
  input: [value('x', T.FLOAT, ...sizes)],
  output: [value('y', T.FLOAT, ...sizes)],
  node: [...more.node, node('Add', ['x', 'k'], ['y'])],
});

describe('constants', () => {
  it('computes in float32, rounding after each step', async () => {
    const graph = adding(
      {
        initializer: [floats('a', [2], [0.1, 1e8]), floats('b', [2], [0.2, 1])],
        node: [node('Add', ['a', 'b'], ['s']), node('Div', ['s', 'a'], ['k'])],
      },
      2,
    );
    const { model } = await tidy(graph);
    const f = Math.fround;
    const step = (a: number, b: number) => f(f(f(a) + f(b)) / f(a));
    expect(numbers(model, 'k')).toEqual([step(0.1, 0.2), step(1e8, 1)]);
  });

  it('divides whole numbers toward zero, and not by zero', async () => {
    const whole = (divisor: number): GraphInit =>
      adding(
        {
          initializer: [integers('a', [7, -7]), integers('b', [divisor])],
          node: [node('Div', ['a', 'b'], ['q']), node('Cast', ['q'], ['k'], { to: T.FLOAT })],
        },
        2,
      );
    expect(numbers((await tidy(whole(2))).model, 'k')).toEqual([3, -3]);
    const left = (await tidy(whole(0))).graph.node.map(({ opType }) => opType);
    expect(left).toEqual(['Div', 'Cast', 'Add']);
  });

  it('does not make the file much larger', async () => {
    const graph = (size: number): GraphInit =>
      adding(
        {
          initializer: [floats('one', [1], [1]), integers('to', [size])],
          node: [node('Expand', ['one', 'to'], ['k'])],
        },
        size,
      );
    expect((await tidy(graph(1000))).graph.node.length).toBe(1);
    const large = await tidy(graph(1_000_000));
    expect(large.graph.node.map(({ opType }) => opType)).toEqual(['Expand', 'Add']);
    expect(large.decisions).toMatchObject([{ node: 'k', outcome: 'kept' }]);
    expect(large.decisions[0]?.reason).toContain('4.00 MB');
  });

  it('transposes large weights, unless something else reads them as they are', async () => {
    const weights = floats('w', [200, 200]);
    const graph = (embedding: string): GraphInit => ({
      input: [value('x', T.FLOAT, 1, 200), value('i', T.INT64, 1)],
      output: [value('y', T.FLOAT, 1, 200), value('e', T.FLOAT, 1, 200)],
      initializer: [weights],
      node: [
        node('Transpose', ['w'], ['wt'], { perm: [1, 0] }),
        node('MatMul', ['x', 'wt'], ['y']),
        node('Gather', [embedding, 'i'], ['e'], { axis: 0 }),
      ],
    });
    const once = await tidy(graph('x'));
    expect(once.graph.initializer.map(({ name }) => name)).toEqual(['wt']);
    const tied = await tidy(graph('w'));
    expect(tied.graph.initializer.map(({ name }) => name)).toEqual(['w']);
  });

  it('never computes DequantizeLinear, nor what callers may override', async () => {
    const graph: GraphInit = {
      input: [value('x', T.FLOAT, 2), value('d', T.FLOAT, 2)],
      output: [value('y', T.FLOAT, 2)],
      initializer: [
        stored('q', T.INT8, [2], Int8Array.of(1, 2).buffer),
        floats('s', [], [0.5]),
        floats('d', [2], [1, 2]),
      ],
      node: [
        node('DequantizeLinear', ['q', 's'], ['w']),
        node('Neg', ['d'], ['n']),
        node('Add', ['x', 'w'], ['a']),
        node('Add', ['a', 'n'], ['y']),
      ],
    };
    const { graph: after } = await tidy(graph);
    expect(after.node.map(({ opType }) => opType)).toEqual([
      'DequantizeLinear',
      'Neg',
      'Add',
      'Add',
    ]);
    expect(after.input.map(({ name }) => name)).toEqual(['x', 'd']);
  });

  it('keeps shapes that depend on the input, and nodes that make outputs', async () => {
    const graph: GraphInit = {
      input: [value('x', T.FLOAT, 'batch', 3)],
      output: [value('s', T.INT64, 2), value('c', T.FLOAT, 1), value('h', T.INT64, 1)],
      initializer: [integers('one', [1])],
      // A claim of the file that is not true of other inputs.
      valueInfo: [value('z', T.FLOAT, 1, 3)],
      node: [
        node('Relu', ['x'], ['z']),
        node('Shape', ['z'], ['s']),
        node('Constant', [], ['c'], { value: floats('', [1], [5]) }),
        node('Gather', ['s', 'one'], ['g']),
        node('Neg', ['g'], ['h']),
      ],
    };
    const { graph: after } = await tidy(graph);
    expect(after.node.map(({ opType }) => opType)).toEqual(['Relu', 'Shape', 'Constant', 'Neg']);
  });
});

describe('normalization', () => {
  const statistics = [
    floats('scale', [2], [2, 3]),
    floats('b', [2], [1, -1]),
    floats('mean', [2], [0.5, 4]),
    floats('var', [2], [4 - 1e-5, 1 - 1e-5]),
  ];
  const bn = (input: string, output: string) =>
    node('BatchNormalization', [input, 'scale', 'b', 'mean', 'var'], [output]);
  const graph = (
    weight: GraphInit['initializer'],
    conv: object,
    ...input: number[]
  ): GraphInit => ({
    input: [value('x', T.FLOAT, ...input)],
    output: [value('y', T.FLOAT, 'n', 2, 'h', 'w')],
    initializer: [...(weight ?? []), ...statistics],
    node: [node('Conv', ['x', 'w'], ['c'], conv as Record<string, number>), bn('c', 'y')],
  });

  it('multiplies the weights and makes a bias', async () => {
    const {
      model,
      graph: after,
      decisions,
    } = await tidy(graph([floats('w', [2, 1, 1, 1], [3, 5])], {}, 1, 1, 2, 2));
    expect(after.node.map(({ input, output }) => [input, output])).toEqual([
      [['x', 'w', 'c_bias'], ['y']],
    ]);
    expect(numbers(model, 'w').map(Math.round)).toEqual([3, 15]);
    expect(numbers(model, 'c_bias').map((b) => Math.round(b * 1000) / 1000)).toEqual([0.5, -13]);
    expect(after.initializer.map(({ name }) => name).sort()).toEqual(['c_bias', 'w']);
    expect(decisions.map(({ node: name, outcome }) => [name, outcome])).toEqual([
      ['c', 'changed'],
      ['y', 'removed'],
    ]);
  });

  it('leaves what float32 cannot hold', async () => {
    const { graph: after, decisions } = await tidy(
      graph([floats('w', [2, 1, 1, 1], [3e38, 3e38])], {}, 1, 1, 2, 2),
    );
    expect(after.node.length).toBe(2);
    expect(decisions).toMatchObject([{ node: 'y', outcome: 'kept' }]);
  });

  it('does not write into the weights of the file', async () => {
    const model = modelOf(graph([floats('w', [2, 1, 1, 1], [3, 5])], {}, 1, 1, 2, 2));
    const weight = initializer(model, 'w');
    const before = weight?.rawData.slice();
    await prepare.apply(model, v.parse(PrepareOptions, {}), CONTEXT);
    expect(initializer(model, 'w')).not.toBe(weight);
    expect(weight?.rawData).toEqual(before);
  });
});

describe('equal weights', () => {
  it('are stored once, where they are large', async () => {
    const big = Array.from({ length: 1024 }, (_, i) => i % 7);
    const { graph } = await tidy({
      input: [value('x', T.FLOAT, 1, 32)],
      output: [value('y', T.FLOAT, 1, 32)],
      initializer: [
        floats('a', [32, 32], big),
        floats('b', [32, 32], big),
        floats('c', [1024], big),
        floats('d', [32], big.slice(0, 32)),
        floats('e', [32], big.slice(0, 32)),
        floats('f', [32, 32], big.with(1023, 9)),
      ],
      node: [
        node('MatMul', ['x', 'a'], ['1']),
        node('MatMul', ['1', 'b'], ['2']),
        node('MatMul', ['2', 'f'], ['3']),
        node('Mul', ['3', 'd'], ['4']),
        node('Sub', ['4', 'e'], ['5']),
        node('Identity', ['c'], ['unused']),
        node('Tanh', ['5'], ['y']),
      ],
    });
    expect(graph.initializer.map(({ name }) => name)).toEqual(['a', 'd', 'e', 'f']);
  });
});

const tuple = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

describe('walks through tensors', () => {
  it('visit a tensor in its own order', () => {
    fc.assert(
      fc.property(tuple, (dims) => {
        const walk = [...places(dims, stridesOf(dims), 0)];
        expect(walk).toEqual(Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => i));
      }),
    );
  });

  it('repeat what is broadcast', () => {
    fc.assert(
      fc.property(tuple, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (dims, narrow) => {
        const small = dims.map((dim, i) => (narrow[i] ? 1 : dim));
        expect(broadcast(small, dims)).toEqual(dims);
        const walk = [...places(dims, broadcastStrides(small, dims), 0)];
        const own = stridesOf(small);
        const all = stridesOf(dims);
        walk.forEach((place, i) => {
          const expected = dims.reduce((sum, dim, axis) => {
            const at = Math.floor(i / (all[axis] as number)) % dim;
            return sum + (small[axis] === 1 ? 0 : at * (own[axis] as number));
          }, 0);
          expect(place).toBe(expected);
        });
      }),
    );
  });

  it('read stored tensors as they are, wherever they lie in the file', () => {
    const bytes = new Uint8Array(9);
    bytes.set(new Uint8Array(Float32Array.of(1.5, -2).buffer), 1);
    const model = modelOf({ initializer: [{ ...floats('w', [2]), rawData: bytes.subarray(1) }] });
    const tensor = initializer(model, 'w');
    expect(tensor && [...(constantOf(tensor)?.data ?? [])]).toEqual([1.5, -2]);
  });
});

/** A random graph of nodes that read anything before them; every output of it is an output of the model. */
const graphs = fc
  .array(
    fc.record({
      opType: fc.constantFrom(
        'Identity',
        'Relu',
        'Add',
        'Mul',
        'Neg',
        'Dropout',
        'Min',
        'Max',
        'Conv',
        'Transpose',
      ),
      reads: fc.tuple(fc.nat(), fc.nat()),
      leaves: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts): GraphInit => {
    const names = ['x', 'c', 's', 'w'];
    const nodes = parts.map(({ opType, reads: [a, b] }, i) => {
      const at = (n: number) => names[n % names.length] as string;
      const activations = names.filter((name) => !/^[sw]$/.test(name));
      const first = activations[a % activations.length] as string;
      const two = ['Add', 'Mul', 'Min', 'Max'].includes(opType);
      const second = at(b) === 'w' ? 's' : at(b);
      names.push(`t${i}`);
      const perm = opType === 'Transpose' ? { perm: [0, 1, 3, 2] } : {};
      if (opType === 'Conv') return node(opType, [first, 'w'], [`t${i}`]);
      return node(opType, two ? [first, second] : [first], [`t${i}`], perm);
    });
    const outputs = parts.flatMap(({ leaves }, i) =>
      leaves || i === parts.length - 1 ? [value(`t${i}`, T.FLOAT, 1, 2, 3, 3)] : [],
    );
    return {
      input: [value('x', T.FLOAT, 1, 2, 3, 3)],
      output: outputs,
      initializer: [
        floats('c', [1, 2, 3, 3]),
        floats('s', [], [0.5]),
        floats('w', [2, 2, 1, 1], [1, 2, 3, 4]),
      ],
      node: nodes,
    };
  });

describe('any graph', () => {
  it('stays one: names unique, in order, with its inputs and outputs; tidying again finds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (init) => {
        const { model, graph } = await tidy(init);
        const { order } = indexGraph(graph);
        expect(order.map(({ output }) => output[0])).toEqual(
          graph.node.map(({ output }) => output[0]),
        );
        expect(graph.input.map(({ name }) => name)).toEqual(['x']);
        expect(graph.output.map(({ name }) => name)).toEqual(init.output?.map(({ name }) => name));
        const stored = graph.initializer.map(({ name }) => name);
        expect(new Set(stored).size).toBe(stored.length);
        const again = await prepare.apply(model, v.parse(PrepareOptions, {}), CONTEXT);
        expect(again.filter(({ outcome }) => outcome !== 'kept')).toEqual([]);
      }),
    );
  });
});
