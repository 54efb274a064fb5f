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
import { indexGraph, opsetsOf } from '../../onnx/graph.ts';
import { type GraphProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { quantizeWeights, WeightsOptions } from './weights.ts';

type Options = Partial<WeightsOptions>;

const x = value('x', T.FLOAT, 2, 40);
const y = value('y', T.FLOAT);

const matrix = (name: string, ...dims: number[]): TensorInit =>
  floats(
    name,
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 7) % 11) - 4),
  );

function small(graph: GraphInit, options: Options = {}, more = {}) {
  const model = modelOf(graph, more);
  const decisions = quantizeWeights(model, parse(WeightsOptions, options));
  const made = model.graph as GraphProto;
  indexGraph(made);
  return {
    model,
    graph: made,
    reason: (name: string) => decisions.find((each) => each.node === name)?.reason,
    operators: made.node.map(({ opType }) => opType),
    stored: new Map(made.initializer.map((tensor) => [tensor.name, tensor])),
  };
}

const of = (initializer: TensorInit[], nodes: NodeInit[], output = [y]) => ({
  input: [x],
  output,
  initializer,
  node: nodes,
});

const one = of([matrix('a', 40, 3)], [node('MatMul', ['x', 'a'], ['y'])]);

describe('forms', () => {
  it('MatMulNBits pads each column to whole blocks', () => {
    const { stored, graph } = small(one, { bits: 4, symmetric: false });
    expect(stored.get('a_Q4')?.dims).toEqual([3n, 2n, 16n]);
    expect(stored.get('a_scales')?.dims).toEqual([3n, 2n]);
    expect(stored.get('a_zero_points')?.dims).toEqual([3n, 1n]);
    const attributes = graph.node[0]?.attribute.map(({ name, i }) => [name, Number(i)]);
    expect(attributes).toEqual([
      ['K', 40],
      ['N', 3],
      ['bits', 4],
      ['block_size', 32],
    ]);
    expect(stored.has('a')).toBe(false);
  });

  it('DequantizeLinear has one scale for each block, the last of which may be short', () => {
    const { stored, graph, model } = small(one, { bits: 4, form: 'standard' });
    expect(stored.get('a_DQ_Q4')).toMatchObject({ dims: [40n, 3n], dataType: T.INT4 });
    expect(stored.get('a_DQ_scales')?.dims).toEqual([2n, 3n]);
    expect(graph.node.map(({ opType }) => opType)).toEqual(['DequantizeLinear', 'MatMul']);
    expect(opsetsOf(model).get('')).toBe(21);
    expect(model.irVersion).toBe(10n);
  });

  it('8 bits with one scale for each output keep to operator set 13', () => {
    const { stored, model } = small(one, { block: 0 }, { opsetImport: [{ version: 12n }] });
    expect(stored.get('a_DQ_scales')?.dims).toEqual([3n]);
    expect(opsetsOf(model).get('')).toBe(13);
  });

  it('shared weights are stored once', () => {
    for (const form of ['fused', 'standard'] as const) {
      const { stored } = small(
        of(
          [matrix('a', 40, 40)],
          [node('MatMul', ['x', 'a'], ['p']), node('MatMul', ['p', 'a'], ['y'])],
        ),
        { form },
      );
      expect([...stored.keys()].filter((name) => /Q8/.test(name))).toHaveLength(1);
    }
  });

  it('a table in standard operators is gathered before it becomes floats', () => {
    const { operators, stored } = small(
      {
        ...of([matrix('t', 9, 8)], [node('Gather', ['t', 'ids'], ['y'])]),
        input: [value('ids', T.INT64, 2)],
      },
      { form: 'standard', bits: 4 },
    );
    expect(operators).toEqual(['Gather', 'Cast', 'Gather', 'Mul']);
    expect(stored.get('t_DQ_Q8')?.dataType).toBe(T.INT8);
  });

  it('weights in Constant nodes, and those that an old format lists as inputs, go', () => {
    const constant = small(
      of(
        [],
        [
          node('Constant', [], ['a'], { value: matrix('', 40, 3) }),
          node('MatMul', ['x', 'a'], ['y']),
        ],
      ),
    );
    expect(constant.operators).toEqual(['MatMulNBits']);
    const old = small({ ...one, input: [x, value('a', T.FLOAT, 40, 3)] }, {}, { irVersion: 3n });
    expect(old.graph.input.map(({ name }) => name)).toEqual(['x']);
  });
});

describe('what stays', () => {
  it('weights that are outputs or may be overridden, and those that would not get smaller', () => {
    const graphs: [GraphInit, Options][] = [
      [{ ...one, output: [y, value('a', T.FLOAT)] }, {}],
      [{ ...one, input: [x, value('a', T.FLOAT, 40, 3)] }, {}],
      [
        {
          ...of([matrix('a', 2, 3)], [node('MatMul', ['x', 'a'], ['y'])]),
          input: [value('x', T.FLOAT, 2, 2)],
        },
        { block: 256 },
      ],
    ];
    for (const [graph, options] of graphs) {
      expect(() => small(graph, options)).toThrow(
        expect.objectContaining({ name: 'CompressError' }),
      );
    }
  });

  it('what is asked for, and what reads the same weights goes on reading floats', () => {
    const graph = of(
      [matrix('a', 40, 40)],
      [node('MatMul', ['x', 'a'], ['p']), node('MatMul', ['p', 'a'], ['y'])],
    );
    const { stored, operators, reason } = small(graph, { keep: ['y'] });
    expect(stored.has('a')).toBe(true);
    expect(operators).toEqual(['MatMulNBits', 'MatMul']);
    expect(reason('y')).toBe('as asked');
  });

  it('a node whose form needs a newer operator set than the model can be raised to', () => {
    const group = node('GroupNormalization', ['x', 'g', 'g'], ['n'], { num_groups: 1 });
    const graph = of(
      [matrix('a', 40, 3), matrix('s', 2, 3, 64), floats('g', [1], [1])],
      [group, node('MatMul', ['x', 'a'], ['p']), node('MatMul', ['p', 's'], ['y'])],
    );
    const { operators, reason, model } = small(graph, {}, { opsetImport: [{ version: 18n }] });
    expect(operators).toContain('MatMulNBits');
    expect(reason('y')).toContain('GroupNormalization');
    expect(opsetsOf(model).get('')).toBe(18);
    expect(() => small(graph, { form: 'standard' }, { opsetImport: [{ version: 18n }] })).toThrow(
      'GroupNormalization',
    );
  });

  it('nodes in subgraphs, and what they read of the graph around them', () => {
    const branch: GraphInit = {
      output: [value('i', T.FLOAT)],
      node: [node('MatMul', ['x', 'a'], ['i'])],
    };
    const { stored } = small(
      of(
        [matrix('a', 40, 3)],
        [
          node('If', ['x'], ['p'], { then_branch: branch }),
          node('MatMul', ['x', 'a'], ['q']),
          node('Add', ['p', 'q'], ['y']),
        ],
      ),
    );
    expect([...stored.keys()]).toEqual(['a', 'a_Q8', 'a_scales']);
  });

  it('weights that are not finite are named', () => {
    const bad = floats('bad', [40, 1], [...Array(39).fill(1), Number.POSITIVE_INFINITY]);
    const graph = of([bad], [node('MatMul', ['x', 'bad'], ['y'])]);
    for (const options of [{}, { form: 'standard' as const }, { block: 0 as const }]) {
      expect(() => small(graph, options)).toThrow('"bad"');
    }
  });
});
