import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  floats,
  type GraphInit,
  modelOf,
  type NodeInit,
  node,
  type TensorInit,
  value,
} from '../../onnx/build.ts';
import { indexGraph } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  type ModelProto,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { DynamicOptions, quantizeDynamic } from './dynamic.ts';

type Options = Partial<DynamicOptions>;

const x = value('x', T.FLOAT, 2, 4);
const y = value('y', T.FLOAT);

const ramp = (count: number) => Array.from({ length: count }, (_, i) => (i % 7) - 2);
const matrix = (name: string, ...dims: number[]): TensorInit =>
  floats(name, dims, ramp(dims.reduce((a, b) => a * b, 1)));

function quantized(graph: GraphInit, options: Options = {}, more = {}) {
  const model = modelOf(graph, more);
  const decisions = quantizeDynamic(model, parse(DynamicOptions, options));
  const reason = (name: string) => decisions.find((each) => each.node === name);
  return { model, decisions, reason, ...parts(model) };
}

function parts(model: ModelProto) {
  const graph = model.graph ?? none();
  indexGraph(graph);
  const stored = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  return {
    graph,
    operators: graph.node.map(({ opType }) => opType),
    stored: (name: string) => [...tensorNumbers(stored.get(name) ?? none(name))],
    names: [...stored.keys()],
  };
}

function none(what = 'graph'): never {
  throw new Error(`There is no ${what}.`);
}

const product = (initializer: TensorInit[], nodes: NodeInit[], output = [y]) => ({
  input: [x],
  output,
  initializer,
  node: nodes,
});

describe('what is quantized', () => {
  it('inputs once for all that read them', () => {
    const { operators } = quantized(
      product(
        [matrix('a', 4, 3), matrix('b', 4, 3)],
        [
          node('MatMul', ['x', 'a'], ['p']),
          node('MatMul', ['x', 'b'], ['q']),
          node('Add', ['p', 'q'], ['y']),
        ],
      ),
    );
    expect(operators.filter((each) => each === 'DynamicQuantizeLinear')).toHaveLength(1);
    expect(operators.filter((each) => each === 'MatMulInteger')).toHaveLength(2);
  });

  it('shared weights once, and again where another form is needed', () => {
    const { names } = quantized(
      product(
        [matrix('a', 4, 4)],
        [
          node('MatMul', ['x', 'a'], ['p']),
          node('MatMul', ['p', 'a'], ['q']),
          node('Gemm', ['q', 'a'], ['y'], { transB: 1 }),
        ],
      ),
    );
    expect(names.filter((name) => name.startsWith('a_quantized'))).toEqual([
      'a_quantized',
      'a_quantized_1',
    ]);
    expect(names).not.toContain('a');
  });

  it('weights that are turned over, by Gemm and by a node of their own', () => {
    const gemm = node('Gemm', ['x', 'a'], ['y'], { transB: 1 });
    const one = quantized(product([matrix('a', 3, 4)], [gemm]));
    const two = quantized(
      product(
        [matrix('a', 3, 4)],
        [node('Transpose', ['a'], ['t']), node('MatMul', ['x', 't'], ['y'])],
      ),
    );
    // Row by row of [4, 3]: 0, 4 and 8 of the ramp come first.
    expect(one.stored('a_quantized').slice(0, 3).map(Math.sign)).toEqual([-1, 1, -1]);
    expect(two.stored('a_quantized')).toEqual(one.stored('a_quantized'));
    expect(two.operators).not.toContain('Transpose');
  });

  it('alpha in the weights and beta in the bias', () => {
    const gemm = node('Gemm', ['x', 'a', 'c'], ['y']);
    gemm.attribute = [
      { name: 'alpha', type: A.FLOAT, f: -2 },
      { name: 'beta', type: A.FLOAT, f: 0.5 },
    ];
    const graph = product([matrix('a', 4, 3), floats('c', [3], [2, 4, 6])], [gemm]);
    const { stored } = quantized(graph);
    expect(stored('c_scaled')).toEqual([1, 2, 3]);
    expect(stored('a_scale')).toEqual([Math.fround((2 * 8) / 254)]);
    expect(stored('a_quantized')[0]).toBeGreaterThan(0);
  });

  it('columns with scales of their own, but not of a stack of matrices', () => {
    const graph = product(
      [matrix('a', 4, 3), matrix('s', 2, 3, 5)],
      [node('MatMul', ['x', 'a'], ['p']), node('MatMul', ['p', 's'], ['y'])],
    );
    const { stored } = quantized(graph, { perChannel: true });
    expect(stored('a_scale')).toHaveLength(3);
    expect(stored('s_scale')).toHaveLength(1);
  });

  it('weights in Constant nodes, which go', () => {
    const { operators, names } = quantized(
      product(
        [],
        [
          node('Constant', [], ['a'], { value: matrix('', 4, 3) }),
          node('MatMul', ['x', 'a'], ['y']),
        ],
      ),
    );
    expect(operators).not.toContain('Constant');
    expect(names).toContain('a_quantized');
  });

  it('weights that an old format lists as inputs, which are taken off the list', () => {
    const graph = product([matrix('a', 4, 3)], [node('MatMul', ['x', 'a'], ['y'])]);
    const old = { ...graph, input: [x, value('a', T.FLOAT, 4, 3)] };
    const { graph: made } = quantized(old, {}, { irVersion: 3n });
    expect(made.input.map(({ name }) => name)).toEqual(['x']);
  });

  it('codes of a table as they are, and floats where they are read as floats', () => {
    const graph: GraphInit = {
      input: [value('ids', T.INT64, 2)],
      output: [y, value('f', T.FLOAT)],
      initializer: [matrix('table', 9, 4), matrix('a', 4, 3)],
      node: [
        node('Gather', ['table', 'ids'], ['e']),
        node('MatMul', ['e', 'a'], ['y']),
        node('Neg', ['e'], ['f']),
      ],
    };
    const { operators, graph: made } = quantized(graph);
    expect(operators).not.toContain('DynamicQuantizeLinear');
    const back = made.node.find(({ opType }) => opType === 'DequantizeLinear');
    expect(back?.output).toEqual(['e']);
  });

  it('a Transpose, only where all its readers take codes', () => {
    const graph = (reader: NodeInit) =>
      product(
        [matrix('a', 4, 3), matrix('b', 2, 3)],
        [
          node('MatMul', ['x', 'a'], ['p']),
          node('Transpose', ['x'], ['t'], { perm: [1, 0] }),
          reader,
        ],
      );
    const codes = quantized(graph(node('MatMul', ['t', 'b'], ['y'])));
    expect(codes.operators.filter((each) => each === 'DynamicQuantizeLinear')).toHaveLength(1);
    expect(codes.reason('t')?.outcome).toBe('changed');
    const kept = quantized(graph(node('Neg', ['t'], ['y'])));
    expect(kept.reason('t')?.outcome).toBe('kept');
    expect(kept.graph.node.find(({ opType }) => opType === 'Transpose')?.input).toEqual(['x']);
  });

  it('only what is asked for', () => {
    const graph = product(
      [matrix('a', 4, 4), matrix('b', 4, 4)],
      [node('MatMul', ['x', 'a'], ['p']), node('MatMul', ['p', 'b'], ['y'])],
    );
    expect(quantized(graph, { keep: ['p'] }).names).toEqual(
      expect.arrayContaining(['a', 'b_quantized']),
    );
    expect(quantized(graph, { only: ['p'] }).names).toEqual(
      expect.arrayContaining(['a_quantized', 'b']),
    );
  });
});

describe('what stays', () => {
  const reasons: [string, GraphInit, string][] = [
    [
      'weights that are an output',
      product([matrix('a', 4, 3)], [node('MatMul', ['x', 'a'], ['y'])], [y, value('a', T.FLOAT)]),
      'no float32 constants',
    ],
    [
      'weights that a caller may override',
      {
        ...product([matrix('a', 4, 3)], [node('MatMul', ['x', 'a'], ['y'])]),
        input: [x, value('a', T.FLOAT, 4, 3)],
      },
      'no float32 constants',
    ],
    [
      'a product of two activations',
      product([], [node('MatMul', ['x', 'x'], ['y'])]),
      'no float32 constants',
    ],
    [
      'an input that is transposed',
      product([matrix('a', 2, 3)], [node('Gemm', ['x', 'a'], ['y'], { transA: 1 })]),
      'transposed',
    ],
    [
      'float16',
      {
        ...product(
          [{ ...matrix('a', 4, 3), dataType: T.FLOAT16, rawData: new Uint8Array(24) }],
          [node('MatMul', ['x', 'a'], ['y'])],
        ),
        input: [value('x', T.FLOAT16, 2, 4)],
      },
      'float32 tensors',
    ],
    [
      'nodes in a subgraph',
      product(
        [matrix('a', 4, 3)],
        [
          node('If', ['x'], ['y'], {
            then_branch: {
              output: [value('i', T.FLOAT)],
              node: [node('MatMul', ['x', 'a'], ['i'])],
            },
          }),
        ],
      ),
      'If has no form',
    ],
  ];

  it.each(reasons)('%s', (_, graph, why) => {
    expect(() => quantized(graph)).toThrow(
      expect.objectContaining({ name: 'CompressError', message: expect.stringContaining(why) }),
    );
  });

  it('an LSTM with its batch first', () => {
    const graph: GraphInit = {
      input: [value('x', T.FLOAT, 1, 5, 4)],
      output: [y],
      initializer: [matrix('w', 1, 8, 4), matrix('r', 1, 8, 2)],
      node: [node('LSTM', ['x', 'w', 'r'], ['y'], { hidden_size: 2, layout: 1 })],
    };
    expect(() => quantized(graph)).toThrow('its batch comes first');
  });

  it('weights that are not finite: nothing is done, by name', () => {
    const graph = product(
      [floats('bad', [4, 1], [1, Number.NaN, 2, 3])],
      [node('MatMul', ['x', 'bad'], ['y'])],
    );
    expect(() => quantized(graph)).toThrow('"bad"');
  });
});

it('names stay unique where nodes share one, or have none', () => {
  const unnamed = { ...node('MatMul', ['p', 'a'], ['q']), name: '' };
  const twice = { ...node('MatMul', ['q', 'a'], ['y']), name: 'MatMul_p' };
  const taken = node('Identity', ['x'], ['x_quantized']);
  const { graph } = quantized(
    product([matrix('a', 4, 4)], [node('MatMul', ['x', 'a'], ['p']), unnamed, twice, taken]),
  );
  const made = graph.node.flatMap(({ output }) => output);
  expect(new Set(made).size).toBe(made.length);
  const named = graph.node.map(({ name }) => name).filter(Boolean);
  expect(new Set(named).size).toBe(named.length);
});

it('types of what is gone go too', () => {
  const graph: GraphInit = {
    ...product(
      [matrix('a', 3, 4)],
      [
        node('Transpose', ['a'], ['t']),
        node('MatMul', ['x', 't'], ['p']),
        node('Relu', ['p'], ['y']),
      ],
    ),
    valueInfo: [value('t', T.FLOAT, 4, 3), value('p', T.FLOAT, 2, 3)],
  };
  expect(quantized(graph).graph.valueInfo.map(({ name }) => name)).toEqual(['p']);
});
