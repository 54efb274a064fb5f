import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PrepareOptions, prepare } from '../../core/compress/prepare/technique.ts';
import type { Decision } from '../../core/compress/technique.ts';
import {
  floats,
  type GraphInit,
  integers,
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
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

ort.env.wasm.numThreads = 1;

let seed = 1;

function random(count: number, low = -0.5, high = 0.5): number[] {
  const { unit } = seededRandom(seed++);
  return Array.from({ length: count }, () => low + (high - low) * unit());
}

const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
const weights = (name: string, dims: readonly number[]) => floats(name, dims, random(size(dims)));

/** BatchNormalization's four vectors, with a variance above zero. */
const statistics = (name: string, channels: number) => [
  weights(`${name}_scale`, [channels]),
  weights(`${name}_b`, [channels]),
  weights(`${name}_mean`, [channels]),
  floats(`${name}_var`, [channels], random(channels, 0.05, 2)),
];

const norm = (name: string, input: string, output: string): NodeInit =>
  node(
    'BatchNormalization',
    [input, `${name}_scale`, `${name}_b`, `${name}_mean`, `${name}_var`],
    [output],
  );

function withFloat(init: NodeInit, name: string, f: number): NodeInit {
  (init as { attribute: object[] }).attribute.push({ name, type: A.FLOAT, f });
  return init;
}

interface Case {
  readonly title: string;
  readonly input: readonly number[];
  readonly graph: GraphInit;
  /** Operators that are left, sorted. */
  readonly left: readonly string[];
  readonly opset?: number;
  readonly ir?: bigint;
}

const io = (dims: readonly number[], ...outputs: (readonly [string, ...number[]])[]) => ({
  input: [value('x', T.FLOAT, ...dims)],
  output: outputs.map(([name, ...to]) => value(name, T.FLOAT, ...to)),
});

const CASES: readonly Case[] = [
  {
    title: 'Conv, depthwise, grouped and transposed convolutions with normalization',
    input: [2, 4, 6, 6],
    left: ['Conv', 'Conv', 'Conv', 'ConvTranspose', 'Relu', 'Relu'],
    graph: {
      ...io([2, 4, 6, 6], ['y', 2, 6, 12, 12]),
      initializer: [
        weights('w1', [8, 4, 3, 3]),
        weights('c1', [8]),
        ...statistics('n1', 8),
        weights('w2', [8, 1, 3, 3]),
        ...statistics('n2', 8),
        weights('w3', [12, 4, 1, 1]),
        ...statistics('n3', 12),
        weights('w4', [12, 3, 2, 2]),
        weights('c4', [6]),
        ...statistics('n4', 6),
      ],
      node: [
        node('Conv', ['x', 'w1', 'c1'], ['a1'], { pads: [1, 1, 1, 1] }),
        norm('n1', 'a1', 'b1'),
        node('Relu', ['b1'], ['r1']),
        node('Conv', ['r1', 'w2'], ['a2'], { pads: [1, 1, 1, 1], group: 8 }),
        norm('n2', 'a2', 'b2'),
        node('Relu', ['b2'], ['r2']),
        node('Conv', ['r2', 'w3'], ['a3'], { group: 2 }),
        norm('n3', 'a3', 'b3'),
        node('ConvTranspose', ['b3', 'w4', 'c4'], ['a4'], { strides: [2, 2], group: 2 }),
        norm('n4', 'a4', 'y'),
      ],
    },
  },
  {
    title: 'constants around a convolution, and pixels that are normalized in front of it',
    input: [1, 3, 5, 5],
    left: ['Conv', 'Neg'],
    graph: {
      ...io([1, 3, 5, 5], ['y', 1, 4, 3, 3]),
      initializer: [
        weights('mean', [1, 3, 1, 1]),
        floats('std', [3, 1, 1], [0.2, 0.3, 0.4]),
        weights('w', [4, 3, 3, 3]),
        weights('f', [4, 1, 1]),
        weights('s', [1, 4, 1, 1]),
        floats('half', [], [0.5]),
        floats('one', [1], [1]),
      ],
      node: [
        node('Sub', ['x', 'mean'], ['p']),
        node('Div', ['p', 'std'], ['q']),
        node('Conv', ['q', 'w'], ['c']),
        node('Mul', ['f', 'c'], ['d']),
        node('Add', ['d', 's'], ['e']),
        node('Div', ['e', 'half'], ['g']),
        node('Sub', ['one', 'g'], ['h']),
        node('Neg', ['h'], ['y']),
      ],
    },
  },
  {
    // The normalization of the output "c" becomes part of the convolution behind it.
    title: 'what must stay: padding behind a shift, a branching output, an output of the model',
    input: [1, 3, 5, 5],
    left: ['Add', 'Add', 'BatchNormalization', 'Conv', 'Conv', 'Mul'],
    graph: {
      ...io([1, 3, 5, 5], ['y', 1, 4, 5, 5], ['c', 1, 4, 5, 5]),
      initializer: [
        weights('mean', [1, 3, 1, 1]),
        weights('w', [4, 3, 3, 3]),
        weights('v', [4, 4, 1, 1]),
        weights('wide', [1, 4, 5, 5]),
        ...statistics('n', 4),
        ...statistics('m', 4),
      ],
      node: [
        node('Add', ['x', 'mean'], ['p']),
        node('Conv', ['p', 'w'], ['c'], { pads: [1, 1, 1, 1] }),
        norm('n', 'c', 'd'),
        node('Conv', ['d', 'v'], ['e']),
        norm('m', 'e', 'f'),
        node('Mul', ['e', 'wide'], ['g']),
        node('Add', ['f', 'g'], ['y']),
      ],
    },
  },
  {
    title: 'weights and normalizations that are shared',
    input: [1, 4, 3, 3],
    left: ['Add', 'Conv', 'Conv', 'Conv'],
    graph: {
      ...io([1, 4, 3, 3], ['y', 1, 4, 3, 3]),
      initializer: [
        weights('w', [4, 4, 1, 1]),
        weights('c', [4]),
        ...statistics('n', 4),
        ...statistics('m', 4),
      ],
      node: [
        node('Conv', ['x', 'w', 'c'], ['a']),
        norm('n', 'a', 'b'),
        node('Conv', ['b', 'w', 'c'], ['d']),
        norm('m', 'd', 'e'),
        node('Conv', ['e', 'w', 'c'], ['f']),
        node('Add', ['f', 'b'], ['y']),
      ],
    },
  },
  {
    title: 'shapes that are computed, Constant nodes, Identity and Dropout',
    input: [2, 3, 4],
    left: ['Gemm', 'Gemm', 'Relu', 'Reshape'],
    graph: {
      ...io([2, 3, 4], ['y', 2, 5]),
      initializer: [
        integers('zero', [0], []),
        integers('axes', [0]),
        weights('w', [12, 6]),
        weights('c', [1, 6]),
        weights('v', [5, 6]),
        weights('d', [5]),
        ...statistics('n', 5),
      ],
      node: [
        node('Shape', ['x'], ['s']),
        node('Gather', ['s', 'zero'], ['batch']),
        node('Unsqueeze', ['batch', 'axes'], ['first']),
        node('Constant', [], ['rest'], { value: integers('', [-1]) }),
        node('Concat', ['first', 'rest'], ['shape'], { axis: 0 }),
        node('Identity', ['x'], ['i']),
        node('Reshape', ['i', 'shape'], ['f']),
        node('MatMul', ['f', 'w'], ['m']),
        node('Add', ['c', 'm'], ['a']),
        node('Dropout', ['a'], ['o', 'mask']),
        node('Relu', ['o'], ['r']),
        node('Transpose', ['v'], ['vt'], { perm: [1, 0] }),
        withFloat(withFloat(node('Gemm', ['r', 'vt', 'd'], ['g']), 'alpha', -0.5), 'beta', 3),
        norm('n', 'g', 'h'),
        node('Identity', ['h'], ['y']),
        node('Sqrt', ['a'], ['nobody']),
      ],
    },
  },
  {
    title: 'limits in every form',
    input: [1, 4, 3, 3],
    left: ['Add', 'Add', 'Clip', 'Clip', 'Relu', 'Relu'],
    graph: {
      ...io([1, 4, 3, 3], ['y', 1, 4, 3, 3], ['k', 1, 4, 3, 3]),
      initializer: [
        floats('zero', [], [0]),
        floats('low', [], [0.05]),
        floats('high', [], [0.3]),
        floats('more', [], [0.7]),
      ],
      node: [
        node('Min', ['x', 'high'], ['a']),
        node('Max', ['zero', 'a'], ['b']),
        node('Relu', ['x'], ['c']),
        node('Clip', ['c', 'low', 'more'], ['d']),
        node('Clip', ['d', '', 'high'], ['e']),
        node('Max', ['x', 'zero'], ['f']),
        node('Add', ['b', 'e'], ['g']),
        node('Add', ['g', 'f'], ['y']),
        node('Relu', ['x'], ['k0']),
        node('Relu', ['k0'], ['k']),
      ],
    },
  },
  {
    title: 'tensors that a branch captures',
    input: [1, 4, 3, 3],
    left: ['Conv', 'If', 'Mul'],
    graph: {
      ...io([1, 4, 3, 3], ['y', 1, 4, 3, 3]),
      initializer: [
        weights('w', [4, 4, 1, 1]),
        ...statistics('n', 4),
        weights('f', [4, 1, 1]),
        { name: 'yes', dims: [], dataType: T.BOOL, rawData: Uint8Array.of(1) },
      ],
      node: [
        node('Conv', ['x', 'w'], ['a']),
        norm('n', 'a', 'b'),
        node('Identity', ['b'], ['i']),
        node('Mul', ['i', 'f'], ['m']),
        node('If', ['yes'], ['y'], {
          then_branch: {
            name: 'then',
            output: [value('t', T.FLOAT, 1, 4, 3, 3)],
            node: [node('Add', ['i', 'm'], ['t'])],
          },
          else_branch: {
            name: 'else',
            output: [value('e', T.FLOAT, 1, 4, 3, 3)],
            node: [node('Neg', ['m'], ['e'])],
          },
        }),
      ],
    },
  },
  {
    title: 'an old file: weights among the inputs, limits as attributes',
    input: [1, 4, 3, 3],
    left: ['Clip', 'Conv'],
    opset: 8,
    ir: 3n,
    graph: {
      input: [
        value('x', T.FLOAT, 1, 4, 3, 3),
        value('w', T.FLOAT, 4, 4, 1, 1),
        ...['scale', 'b', 'mean', 'var'].map((part) => value(`n_${part}`, T.FLOAT, 4)),
      ],
      output: [value('y', T.FLOAT, 1, 4, 3, 3)],
      initializer: [weights('w', [4, 4, 1, 1]), ...statistics('n', 4)],
      node: [
        node('Conv', ['x', 'w'], ['a']),
        norm('n', 'a', 'b'),
        node('Relu', ['b'], ['r']),
        withFloat(withFloat(node('Clip', ['r'], ['y']), 'min', -1), 'max', 0.25),
      ],
    },
  },
  {
    title: 'arithmetic of constants',
    input: [2, 6],
    left: ['Add'],
    graph: {
      ...io([2, 6], ['y', 2, 6]),
      initializer: [
        weights('a', [2, 3]),
        weights('b', [3]),
        floats('eps', [], [1e-3]),
        integers('starts', [2, -1]),
        integers('ends', [-9, 9]),
        integers('axes', [1, 0]),
        integers('steps', [-1, 1]),
        integers('order', [1, -2, 0]),
        integers('to', [2, 6]),
        integers('flat', [-1]),
      ],
      node: [
        node('Mul', ['a', 'b'], ['p']),
        node('Mul', ['p', 'p'], ['pp']),
        node('Add', ['pp', 'eps'], ['v']),
        node('Sqrt', ['v'], ['q']),
        node('Div', ['a', 'q'], ['d']),
        node('Gather', ['d', 'order'], ['g'], { axis: 1 }),
        node('Slice', ['g', 'starts', 'ends', 'axes', 'steps'], ['s']),
        node('Transpose', ['d'], ['t'], { perm: [1, 0] }),
        node('Reshape', ['t', 'flat'], ['r']),
        node('Reshape', ['s', 'flat'], ['u']),
        node('Cast', ['order'], ['oc'], { to: T.FLOAT }),
        node('Concat', ['u', 'oc'], ['k'], { axis: 0 }),
        node('Greater', ['r', 'k'], ['big']),
        node('Where', ['big', 'r', 'k'], ['w']),
        node('Expand', ['w', 'to'], ['e']),
        node('Add', ['x', 'e'], ['y']),
      ],
    },
  },
];

const modelFor = ({ graph, opset = 17, ir = 8n }: Case): ModelProto =>
  modelOf(graph, { opsetImport: [{ domain: '', version: BigInt(opset) }], irVersion: ir });

type Outputs = Readonly<Record<string, Float32Array>>;

async function run(model: ModelProto, input: ort.Tensor): Promise<Outputs> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)), {
    // Fusions of the runtime would hide those of the file, and its warnings are no concern here.
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 3,
  });
  const outputs = await session.run({ x: input });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]),
  );
}

async function tidied(each: Case, options: object = {}) {
  const model = modelFor(each);
  const decisions = await prepare.apply(model, v.parse(PrepareOptions, options), {
    runner: null,
    progress: () => {},
    signal: { throwIfAborted: () => {} },
  } as never);
  return { model, decisions };
}

const operators = ({ graph }: ModelProto) => (graph?.node ?? []).map(({ opType }) => opType).sort();

function expectClose(a: Outputs, b: Outputs): void {
  expect(Object.keys(a).sort()).toEqual(Object.keys(b).sort());
  for (const [name, numbers] of Object.entries(a)) {
    const others = b[name] as Float32Array;
    expect(others.length).toBe(numbers.length);
    const peak = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const worst = numbers.reduce(
      (most, x, i) => Math.max(most, Math.abs(x - (others[i] ?? 9e9))),
      0,
    );
    expect(worst).toBeLessThanOrEqual(2e-5 * peak + 1e-7);
  }
}

describe('a tidied model computes what the original computes', () => {
  it.each(CASES)('$title', async (each) => {
    const { model } = await tidied(each);
    const input = new ort.Tensor('float32', random(size(each.input), -1, 1), each.input);
    expectClose(await run(modelFor(each), input), await run(model, input));
    expect(operators(model)).toEqual(each.left);
  });

  it.each(Object.keys(PrepareOptions.entries))('with %s alone', async (option) => {
    const off = Object.keys(PrepareOptions.entries).map((name) => [name, name === option]);
    for (const each of CASES) {
      const { model } = await tidied(each, Object.fromEntries(off));
      const input = new ort.Tensor('float32', random(size(each.input), -1, 1), each.input);
      expectClose(await run(modelFor(each), input), await run(model, input));
    }
  });
});

it('tells of every node that is gone, by the name it had', async () => {
  for (const each of CASES) {
    const { model, decisions } = await tidied(each);
    const before = new Set(modelFor(each).graph?.node.map(({ output }) => output[0]));
    const left = (model.graph?.node ?? []).length;
    const removed = decisions.filter(({ outcome }: Decision) => outcome === 'removed');
    expect(removed.length).toBe(before.size - left);
    expect(decisions.every(({ node: name }) => before.has(name))).toBe(true);
    expect(new Set(decisions.map(({ node: name }) => name)).size).toBe(decisions.length);
  }
});
