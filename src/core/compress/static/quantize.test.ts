import { describe, expect, it } from 'vitest';
import {
  floats,
  type GraphInit,
  integers,
  modelOf,
  type NodeInit,
  node,
  value,
} from '../../onnx/build.ts';
import { indexGraph } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  type GraphProto,
  type ModelProto,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import type { Decision } from '../technique.ts';
import type { QuantizeOptions } from './decide.ts';
import { raiseForCodes } from './dialect.ts';
import { planStatic, quantizeStatic } from './quantize.ts';

/** A graph or a node in the making, not a message yet. */
type Sketch = Exclude<GraphInit, { $typeName: string }>;
type NodeSketch = Exclude<NodeInit, { $typeName: string }>;

const OPTIONS: QuantizeOptions = {
  activations: 'uint8',
  symmetric: false,
  perChannel: true,
  cover: 'fused',
  leaveOut: [],
  keep: [],
  sparing: false,
};

interface Result {
  readonly model: ModelProto;
  readonly graph: GraphProto;
  readonly decisions: readonly Decision[];
  /** Numbers of a stored tensor; null where there is none. */
  readonly stored: (name: string) => number[] | null;
  /** The operator that makes each tensor. */
  readonly maker: (tensor: string) => string | undefined;
  readonly inputs: (tensor: string) => readonly string[];
  readonly outcome: (tensor: string) => string | undefined;
  readonly reason: (tensor: string) => string | undefined;
}

/** Quantizes with the given ranges, and -1 to 1 for all others. */
function quantize(
  graphInit: Sketch,
  options: Partial<QuantizeOptions> = {},
  ranges: Record<string, readonly [number, number]> = {},
  more: Parameters<typeof modelOf>[1] = {},
): Result {
  const model = modelOf(graphInit, more);
  const all = { ...OPTIONS, ...options };
  raiseForCodes(model, all.perChannel);
  const known = planStatic(model, all).map((name) => {
    const [low, high] = ranges[name] ?? [-1, 1];
    return [name, { low, high }] as const;
  });
  const decisions = quantizeStatic(model, new Map(known), all);
  const graph = model.graph as GraphProto;
  const { producers, initializers } = indexGraph(graph);
  return {
    model,
    graph,
    decisions,
    stored: (name) => {
      const tensor = initializers.get(name);
      return tensor ? [...tensorNumbers(tensor)] : null;
    },
    maker: (tensor) => producers.get(tensor)?.opType,
    inputs: (tensor) => producers.get(tensor)?.input ?? [],
    outcome: (tensor) => decisions.find((each) => each.node === tensor)?.outcome,
    reason: (tensor) => decisions.find((each) => each.node === tensor)?.reason,
  };
}

const image = (name = 'x') => value(name, T.FLOAT, 1, 2, 4, 4);
const rows = (name = 'x') => value(name, T.FLOAT, 4, 2);

describe('a convolution', () => {
  const conv = (): Sketch => ({
    input: [image()],
    output: [image('y')],
    initializer: [floats('w', [2, 2, 1, 1], [1, -0.5, 0, 0]), floats('b', [2], [0.5, 1])],
    node: [node('Conv', ['x', 'w', 'b'], ['y'])],
  });

  it('is stored as onnxruntime stores it, with a scale for each channel', () => {
    const { graph, stored, inputs } = quantize(conv(), {}, { x: [0, 2.55], y: [-1, 1] });
    expect(stored('w_quantized')).toEqual([127, -64, 0, 0]);
    expect(stored('w_scale')).toEqual([Math.fround(1 / 127), 1]);
    expect(stored('x_scale')).toEqual([Math.fround(Math.fround(2.55) / 255)]);
    expect(stored('x_zero_point')).toEqual([0]);
    expect(stored('y_zero_point')).toEqual([128]);
    const scales = [1 / 127, 1].map((w) =>
      Math.fround((stored('x_scale')?.[0] ?? 0) * Math.fround(w)),
    );
    expect(stored('b_quantized_scale')).toEqual(scales);
    expect(stored('b_quantized')).toEqual([Math.round(0.5 / (scales[0] ?? 0)), 100]);
    expect(graph.node.map(({ opType, output }) => `${opType} ${output[0]}`).sort()).toEqual([
      'Conv y_QuantizeLinear_Input',
      'DequantizeLinear b',
      'DequantizeLinear w_DequantizeLinear_Output',
      'DequantizeLinear x_DequantizeLinear_Output',
      'DequantizeLinear y',
      'QuantizeLinear x_QuantizeLinear_Output',
      'QuantizeLinear y_QuantizeLinear_Output',
    ]);
    expect(inputs('y_QuantizeLinear_Input')).toEqual([
      'x_DequantizeLinear_Output',
      'w_DequantizeLinear_Output',
      'b',
    ]);
    expect(stored('w')).toBeNull();
    expect(stored('b')).toBeNull();
  });

  it('leaves the bytes of the file as they were', () => {
    const model = modelOf(conv());
    const bytes = (model.graph as GraphProto).initializer.map(({ rawData }) => rawData);
    const before = bytes.map((each) => [...each]);
    const ranges = new Map(planStatic(model, OPTIONS).map((name) => [name, { low: -1, high: 1 }]));
    quantizeStatic(model, ranges, OPTIONS);
    expect(bytes.map((each) => [...each])).toEqual(before);
  });

  it('raises the scale of weights where its bias would not fit into int32', () => {
    const large = {
      ...conv(),
      initializer: [floats('w', [2, 2, 1, 1], [1e-7, 0, 1, 0]), floats('b', [2], [1e4, 1])],
    };
    const { stored } = quantize(large);
    const [first = 0, second = 0] = stored('w_scale') ?? [];
    expect(second).toBe(Math.fround(1 / 127));
    expect(first).toBeGreaterThan(1e-7 / 127);
    const bias = (stored('b_quantized')?.[0] ?? 0) * (stored('b_quantized_scale')?.[0] ?? 0);
    expect(bias / 1e4).toBeCloseTo(1, 6);
  });

  it('has one scale for all its weights where that is asked for', () => {
    const { graph, stored } = quantize(conv(), { perChannel: false });
    expect(stored('w_scale')).toEqual([Math.fround(1 / 127)]);
    const scale = graph.initializer.find(({ name }) => name === 'w_scale');
    expect(scale?.dims).toEqual([]);
  });

  it('stays float by choice, with everything only it needed', () => {
    const model = modelOf(conv());
    expect(() => planStatic(model, { ...OPTIONS, keep: ['y'] })).toThrow('left out by choice');
    expect(() => planStatic(model, { ...OPTIONS, leaveOut: ['Conv'] })).toThrow(
      'left out by choice',
    );
  });

  it('stays float where its weights are an output, or an input with a default', () => {
    const graph = conv();
    const asOutput = { ...graph, output: [image('y'), value('w', T.FLOAT, 2, 2, 1, 1)] };
    expect(() => quantize(asOutput)).toThrow('an output of the model');
    const asInput = { ...graph, input: [image(), value('w', T.FLOAT, 2, 2, 1, 1)] };
    expect(() => quantize(asInput)).toThrow('an input with a default');
  });

  it('is quantized before IR version 4, where every constant is listed as an input', () => {
    const listed = {
      ...conv(),
      input: [image(), value('w', T.FLOAT, 2, 2, 1, 1), value('b', T.FLOAT, 2)],
    };
    const { model, graph } = quantize(listed, {}, {}, { irVersion: 3n });
    expect(graph.input.map(({ name }) => name)).toEqual(['x']);
    expect(model.irVersion).toBe(4n);
  });

  it('takes weights from Constant nodes', () => {
    const graph = conv();
    const constants = {
      ...graph,
      initializer: [],
      node: [
        node('Constant', [], ['w'], { value: floats('', [2, 2, 1, 1], [1, -0.5, 0, 0]) }),
        node('Constant', [], ['b'], { value: floats('', [2], [0.5, 1]) }),
        ...(graph.node ?? []),
      ],
    };
    const { stored, outcome, graph: after } = quantize(constants);
    expect(stored('w_quantized')).toEqual([127, -64, 0, 0]);
    expect(outcome('w')).toBe('removed');
    expect(after.node.filter(({ opType }) => opType === 'Constant')).toEqual([]);
  });

  it('refuses weights without codes, in plain words', () => {
    const bad = (w: number, b: number) => ({
      ...conv(),
      initializer: [floats('w', [2, 2, 1, 1], [w, 0, 0, 0]), floats('b', [2], [b, 1])],
    });
    expect(() => quantize(bad(Number.NaN, 0))).toThrow('"w" hold numbers that are not finite');
    const model = modelOf(bad(Number.NaN, 0));
    expect(() =>
      quantizeStatic(
        model,
        new Map([
          ['x', { low: 0, high: 1 }],
          ['y', { low: 0, high: 1 }],
        ]),
        OPTIONS,
      ),
    ).toThrow();
    expect(model.graph?.node.map(({ opType }) => opType)).toEqual(['Conv']);
    expect(() => quantize(bad(1, Number.POSITIVE_INFINITY))).toThrow(
      '"b" holds numbers that are not finite',
    );
  });

  it('stays float where its bias is computed', () => {
    const graph = {
      ...conv(),
      input: [image(), value('b', T.FLOAT, 2)],
      initializer: [floats('w', [2, 2, 1, 1], [1, 1, 1, 1])],
    };
    expect(() => quantize(graph)).toThrow('its bias is not constant');
  });
});

describe('depthwise, grouped and transposed convolutions', () => {
  it('have their channels where the weights have them', () => {
    const graph: Sketch = {
      input: [image()],
      output: [value('y', T.FLOAT)],
      initializer: [
        floats('d', [2, 1, 1, 1], [1, 2]),
        floats('t', [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]),
        floats('g', [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]),
      ],
      node: [
        node('Conv', ['x', 'd'], ['a'], { group: 2 }),
        node('ConvTranspose', ['a', 't'], ['u']),
        node('ConvTranspose', ['a', 'g'], ['v'], { group: 2 }),
        node('Concat', ['u', 'v'], ['y'], { axis: 1 }),
      ],
    };
    const { stored } = quantize(graph, { cover: 'all' });
    expect(stored('d_quantized')).toEqual([127, 127]);
    expect(stored('t_scale')).toEqual([4, 5, 6].map((x) => Math.fround(x / 127)));
    // Two groups share the scales of three channels.
    expect(stored('g_scale')).toEqual([4, 5, 6].map((x) => Math.fround(x / 127)));
  });
});

describe('Relu and Clip', () => {
  const chain = (second: ReturnType<typeof node>, more: Partial<Sketch> = {}): Sketch => ({
    input: [image()],
    output: [image('y')],
    initializer: [
      floats('w', [2, 2, 1, 1], [1, 1, 1, 1]),
      floats('v', [2, 2, 1, 1], [1, 1, 1, 1]),
      floats('six', [], [6]),
      floats('half', [], [0.5]),
      floats('zero', [], [0]),
    ],
    node: [
      node('Conv', ['x', 'w'], ['c']),
      second,
      node('Conv', ['r', 'v'], ['y']),
      ...(more.node ?? []),
    ],
    ...(more.output ? { output: more.output } : {}),
  });
  const relu = node('Relu', ['c'], ['r']);

  it('go where the codes end where they do', () => {
    const { outcome, reason, maker, stored } = quantize(chain(relu), {}, { r: [0, 3] });
    expect(outcome('r')).toBe('removed');
    expect(reason('c')).toBe('uint8 with int8 weights, a scale for each channel');
    expect(maker('r')).toBe('Conv');
    expect(stored('c_scale')).toBeNull();
    expect(stored('r_zero_point')).toEqual([0]);
    const clip = node('Clip', ['c', 'zero', 'six'], ['r']);
    expect(quantize(chain(clip), {}, { r: [0, 6] }).outcome('r')).toBe('removed');
  });

  it('need no range of what they bound', () => {
    expect(planStatic(modelOf(chain(relu)), OPTIONS)).not.toContain('c');
  });

  it('stay where their input is read by others, or leaves the model', () => {
    const read = chain(relu, {
      node: [node('Neg', ['c'], ['n'])],
      output: [image('y'), image('n')],
    });
    expect(quantize(read, {}, { r: [0, 3] }).outcome('r')).toBe('changed');
    const leaves = chain(relu, { output: [image('y'), image('c')] });
    const result = quantize(leaves, {}, { r: [0, 3], c: [-5, 5] });
    expect(result.outcome('r')).toBe('changed');
    // A graph output keeps the numbers below 0 that Relu takes away.
    expect(result.stored('c_zero_point')).toEqual([128]);
  });

  it('stay with symmetric codes, which go on below 0', () => {
    const { outcome, stored } = quantize(chain(relu), { symmetric: true }, { r: [0, 3] });
    expect(outcome('r')).toBe('changed');
    // What Relu takes away needs no codes.
    expect(stored('c_scale')).toEqual(stored('r_scale'));
  });

  it('stay where the range holds more than they let pass', () => {
    expect(quantize(chain(relu), {}, { r: [-1, 3] }).outcome('r')).toBe('changed');
    const clip = node('Clip', ['c', 'half', 'six'], ['r']);
    expect(quantize(chain(clip), {}, { r: [0.5, 6] }).outcome('r')).toBe('changed');
    const dynamic = {
      ...chain(node('Clip', ['c', '', 'top'], ['r'])),
      input: [image(), value('top', T.FLOAT)],
    };
    expect(quantize(dynamic, {}, { r: [0, 6] }).outcome('r')).toBe('changed');
  });

  it('stay where a branch reads their input', () => {
    const branch = (name: string): Sketch => ({
      name,
      output: [image(`${name}_y`)],
      node: [node('Neg', ['c'], [`${name}_y`])],
    });
    const graph = chain(relu, {
      node: [node('If', ['cond'], ['i'], { then_branch: branch('t'), else_branch: branch('e') })],
      output: [image('y'), image('i')],
    });
    const { outcome, graph: after } = quantize({
      ...graph,
      input: [image(), value('cond', T.BOOL)],
    });
    expect(outcome('r')).toBe('changed');
    expect(outcome('i')).toBe('kept');
    const body = after.node.find(({ opType }) => opType === 'If')?.attribute[0]?.g;
    expect(body?.node[0]?.input).toEqual(['c_DequantizeLinear_Output']);
  });
});

describe('Gemm', () => {
  const gemm = (
    attribute: Record<string, number>,
    w: readonly number[],
    b = floats('b', [3], [1, 2, 3]),
  ) => {
    const made = node('Gemm', ['x', 'w', 'b'], ['y']) as NodeSketch;
    const graph: Sketch = {
      input: [rows()],
      output: [value('y', T.FLOAT, 4, 3)],
      initializer: [floats('w', attribute['transB'] ? [3, 2] : [2, 3], w), b],
      node: [
        {
          ...made,
          attribute: Object.entries(attribute).map(([name, given]) =>
            name.startsWith('trans')
              ? { name, type: A.INT, i: BigInt(given) }
              : { name, type: A.FLOAT, f: given },
          ),
        },
      ],
    };
    return quantize(graph);
  };

  it('has its columns on the axis that it multiplies last', () => {
    expect(gemm({}, [1, 2, 3, 4, 5, 6]).stored('w_scale')).toEqual(
      [4, 5, 6].map((x) => Math.fround(x / 127)),
    );
    expect(gemm({ transB: 1 }, [1, 2, 3, 4, 5, 6]).stored('w_scale')).toEqual(
      [2, 4, 6].map((x) => Math.fround(x / 127)),
    );
  });

  it('takes alpha and beta into weights and bias', () => {
    const { stored, graph } = gemm({ alpha: -2, beta: 3 }, [1, 2, 3, 4, 5, 6]);
    expect(stored('w_scale')).toEqual([8, 10, 12].map((x) => Math.fround(x / 127)));
    expect(stored('w_quantized')?.every((code) => code < 0)).toBe(true);
    const bias = stored('b_quantized')?.map(
      (code, i) => code * (stored('b_quantized_scale')?.[i] ?? 0),
    );
    bias?.forEach((b, i) => {
      expect(b).toBeCloseTo(3 * (i + 1), 3);
    });
    const kept = graph.node.find(({ opType }) => opType === 'Gemm');
    expect(kept?.attribute).toEqual([]);
  });

  it('takes a bias of one row for what it is, and no other form', () => {
    const { graph } = gemm({}, [1, 2, 3, 4, 5, 6], floats('b', [1, 3], [1, 2, 3]));
    expect(graph.initializer.find(({ name }) => name === 'b_quantized')?.dims).toEqual([3n]);
    expect(() => gemm({}, [1, 2, 3, 4, 5, 6], floats('b', [4, 1], [1, 2, 3, 4]))).toThrow(
      'not one number for each column',
    );
  });

  it('gives float where nothing after it reads codes', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
      node: [node('Gemm', ['x', 'w'], ['g']), node('Softmax', ['g'], ['y'])],
    };
    const ends = quantize(graph, { sparing: true });
    expect(ends.outcome('g')).toBe('changed');
    expect(ends.outcome('y')).toBe('kept');
    expect(ends.inputs('y')).toEqual(['g']);
    const rounded = quantize(graph, { sparing: false });
    expect(rounded.outcome('y')).toBe('changed');
    // Softmax gives fractions, whatever was seen.
    expect(rounded.stored('y_scale')).toEqual([Math.fround(1 / 255)]);
    expect(planStatic(modelOf(graph), OPTIONS)).toEqual(['x', 'g']);
  });
});

describe('MatMul', () => {
  it('has a scale for each column of a matrix, and one for a stack of them', () => {
    const graph: Sketch = {
      input: [value('x', T.FLOAT, 2, 3, 2)],
      output: [value('y', T.FLOAT, 2, 3, 2)],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4]), floats('s', [2, 2, 2])],
      node: [node('MatMul', ['x', 'w'], ['m']), node('MatMul', ['m', 's'], ['y'])],
    };
    const { stored } = quantize(graph);
    expect(stored('w_scale')).toEqual([Math.fround(3 / 127), Math.fround(4 / 127)]);
    expect(stored('s_scale')).toEqual([1]);
  });

  it('has codes for both of two activations', () => {
    const graph: Sketch = {
      input: [value('a', T.FLOAT, 2, 2), value('b', T.FLOAT, 2, 2)],
      output: [value('y', T.FLOAT, 2, 2)],
      node: [node('MatMul', ['a', 'b'], ['y'])],
    };
    expect(quantize(graph).inputs('y_QuantizeLinear_Input')).toEqual([
      'a_DequantizeLinear_Output',
      'b_DequantizeLinear_Output',
    ]);
  });
});

describe('constants that several nodes read', () => {
  it('of bias are stored for each, since the scales of their inputs differ', () => {
    const graph: Sketch = {
      input: [image()],
      output: [image('y')],
      initializer: [floats('w', [2, 2, 1, 1], [1, 1, 1, 1]), floats('b', [2], [1, 1])],
      node: [node('Conv', ['x', 'w', 'b'], ['c']), node('Conv', ['c', 'w', 'b'], ['y'])],
    };
    const { inputs, stored, graph: after } = quantize(graph, {}, { x: [0, 1], c: [0, 9] });
    expect(inputs('c')[2]).toBe('b');
    expect(inputs('y_QuantizeLinear_Input')[2]).toBe('b0');
    expect(stored('b_quantized')?.[0]).not.toBe(stored('b0_quantized')?.[0]);
    expect(after.initializer.filter(({ name }) => name === 'w_quantized')).toHaveLength(1);
  });

  it('in different ways are stored in each of them', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y'), rows('g')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4]), integers('i', [0, 1, 0, 1])],
      node: [
        node('Gemm', ['x', 'w'], ['h'], { transB: 1 }),
        node('MatMul', ['h', 'w'], ['y']),
        node('Gather', ['w', 'i'], ['g']),
      ],
    };
    const { stored, inputs } = quantize(graph);
    expect(stored('w_scale')).toEqual([2, 4].map((x) => Math.fround(x / 127)));
    expect(stored('w_scale_1')).toEqual([3, 4].map((x) => Math.fround(x / 127)));
    expect(stored('w_scale_2')).toEqual([Math.fround(4 / 255)]);
    expect(inputs('y_QuantizeLinear_Input')[1]).toBe('w_DequantizeLinear_Output_1');
    // What was picked from a table has the scale of the table.
    expect(inputs('g_QuantizeLinear_Output').slice(1)).toEqual(['w_scale_2', 'w_zero_point_2']);
  });
});

describe('operators that move numbers', () => {
  it('share the scale of what they move, along a chain', () => {
    const graph: Sketch = {
      input: [image()],
      output: [value('y', T.FLOAT)],
      initializer: [floats('w', [2, 2, 1, 1], [1, 1, 1, 1]), integers('s', [1, -1])],
      node: [
        node('Conv', ['x', 'w'], ['c']),
        node('MaxPool', ['c'], ['p'], { kernel_shape: [2, 2] }),
        node('Transpose', ['p'], ['t'], { perm: [0, 2, 3, 1] }),
        node('Reshape', ['t', 's'], ['y']),
      ],
    };
    const { inputs, stored } = quantize(graph);
    for (const name of ['p', 't', 'y']) {
      expect(inputs(`${name}_QuantizeLinear_Output`).slice(1)).toEqual(['c_scale', 'c_zero_point']);
      expect(stored(`${name}_scale`)).toBeNull();
    }
    expect(planStatic(modelOf(graph), OPTIONS)).toEqual(['x', 'c']);
    const model = modelOf(graph, { opsetImport: [{ domain: '', version: 11n }] });
    expect(planStatic(model, OPTIONS)).toEqual(['x', 'c']);
  });

  it('stay float where what they move is', () => {
    const graph: Sketch = {
      input: [rows(), rows('z')],
      output: [value('t', T.FLOAT), rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
      node: [node('MatMul', ['x', 'w'], ['y']), node('Transpose', ['z'], ['t'])],
    };
    const { outcome, inputs } = quantize(graph);
    expect(outcome('t')).toBe('kept');
    expect(inputs('t')).toEqual(['z']);
  });
});

describe('only where it pays', () => {
  const outcomes = (graph: Sketch) =>
    Object.fromEntries(
      quantize(graph, { sparing: true }).decisions.map(({ node: name, outcome }) => [
        name,
        outcome,
      ]),
    );
  const initializer = [floats('w', [2, 2], [1, 2, 3, 4]), floats('v', [2, 2], [1, 2, 3, 4])];

  it('cheap operators stay float before floats, and after them', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y')],
      initializer,
      node: [
        node('MatMul', ['x', 'w'], ['m']),
        node('Sigmoid', ['m'], ['before']),
        node('Tanh', ['before'], ['t']),
        node('Mul', ['t', 'm'], ['after']),
        node('MatMul', ['after', 'v'], ['n']),
        node('Sigmoid', ['n'], ['s']),
        node('MatMul', ['s', 'v'], ['y']),
      ],
    };
    expect(outcomes(graph)).toEqual({
      m: 'changed',
      before: 'kept',
      t: 'kept',
      after: 'kept',
      n: 'changed',
      s: 'changed',
      y: 'changed',
    });
  });

  it('a table is stored as codes all the same', () => {
    const graph: Sketch = {
      input: [value('i', T.INT64, 4)],
      output: [rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
      node: [node('Gather', ['w', 'i'], ['g']), node('Tanh', ['g'], ['y'])],
    };
    // Nothing needs a range: what is picked has the scale of the table.
    expect(planStatic(modelOf(graph), { ...OPTIONS, sparing: true })).toEqual([]);
    expect(outcomes(graph)).toEqual({ g: 'changed', y: 'kept' });
  });

  it('a product is rounded before a bias, or the runtime would make a float Gemm of both', () => {
    const graph = (bias: Sketch['initializer']): Sketch => ({
      input: [rows(), ...(bias ? [] : [rows('b')])],
      output: [rows('y')],
      initializer: [...initializer, ...(bias ?? [])],
      node: [
        node('MatMul', ['x', 'w'], ['m']),
        node('Add', ['m', 'b'], ['a']),
        node('Tanh', ['a'], ['y']),
      ],
    });
    const rounded = (bias: Sketch['initializer']) =>
      quantize(graph(bias), { sparing: true }).stored('m_scale') !== null;
    expect(rounded([floats('b', [2], [1, 2])])).toBe(true);
    expect(rounded(undefined)).toBe(false);
  });
});

describe('the file', () => {
  it('has an order, names of its own, and empty inputs where they were', () => {
    const graph: Sketch = {
      input: [image()],
      output: [value('y', T.FLOAT)],
      valueInfo: [image('c'), image('r')],
      initializer: [
        floats('w', [2, 2, 1, 1], [1, 1, 1, 1]),
        floats('sizes', [4], [1, 1, 2, 2]),
        // Names that the new ones would have.
        floats('x_scale', [1], [1]),
        floats('w_quantized', [1], [1]),
      ],
      node: [
        { ...node('Conv', ['x', 'w'], ['c']), name: '' },
        { ...node('Relu', ['c'], ['r']), name: '' },
        { ...node('Resize', ['r', '', 'sizes'], ['z']), name: '' },
        { ...node('Add', ['z', 'x_scale'], ['a']), name: 'same' },
        { ...node('Add', ['a', 'w_quantized'], ['y']), name: 'same' },
      ],
    };
    const { graph: after, inputs } = quantize(graph, {}, { r: [0, 1] });
    const { order } = indexGraph(after);
    expect(after.node.every((each, i) => order[i] === each)).toBe(true);
    const names = [
      ...after.initializer.map(({ name }) => name),
      ...after.node.flatMap(({ output }) => output),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(inputs('z')).toEqual(['r_DequantizeLinear_Output', '', 'sizes']);
    expect(after.valueInfo.map(({ name }) => name)).toEqual(['r']);
  });

  it("names scales per channel from operator set 13 on, and onnxruntime's own nodes before", () => {
    const at = (
      version: number,
      last: string,
      options: Partial<QuantizeOptions> = {},
      attributes: Record<string, string> = {},
    ) => {
      const { model } = quantize(
        {
          input: [rows()],
          output: [rows('y')],
          initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
          node: [node('MatMul', ['x', 'w'], ['m']), node(last, ['m'], ['y'], attributes)],
        },
        options,
        {},
        {
          opsetImport: [{ domain: '', version: BigInt(version) }],
        },
      );
      const domain = model.graph?.node.find(({ opType }) => opType === 'QuantizeLinear')?.domain;
      return { domain, opsets: model.opsetImport.map((each) => Number(each.version)) };
    };
    expect(at(13, 'Sigmoid')).toEqual({ domain: '', opsets: [13] });
    expect(at(9, 'Sigmoid')).toEqual({ domain: '', opsets: [13] });
    expect(at(11, 'Softmax')).toEqual({ domain: '', opsets: [13] });
    expect(at(11, 'Softmax', { perChannel: false })).toEqual({ domain: '', opsets: [11] });
    // An operator that had a meaning in operator set 11 that it has in none since.
    const resize = { coordinate_transformation_mode: 'tf_half_pixel_for_nn' };
    expect(at(11, 'Resize', {}, resize)).toEqual({ domain: 'com.microsoft', opsets: [11, 1] });
    expect(at(17, 'Sigmoid', { activations: 'uint16' })).toEqual({
      domain: 'com.microsoft',
      opsets: [17, 1],
    });
    expect(at(21, 'Sigmoid', { activations: 'int16' })).toEqual({ domain: '', opsets: [21] });
    expect(() => at(8, 'Scan')).toThrow('operator set 8');
    expect(() => at(6, 'Sigmoid')).toThrow('operator set 6');
  });

  it('is refused where it is quantized already, and where there is nothing to quantize', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
      node: [node('MatMul', ['x', 'w'], ['y'])],
    };
    const { model } = quantize(graph);
    expect(() => planStatic(model, OPTIONS)).toThrow('quantized already');
    const none = modelOf({ ...graph, node: [node('Neg', ['x'], ['y'])] });
    expect(() => planStatic(none, OPTIONS)).toThrow(
      'No node of the model can be quantized: no integer kernel has it (1).',
    );
  });

  it('keeps float what no range was seen of, with the reason', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4]), floats('v', [2, 2], [1, 2, 3, 4])],
      node: [
        node('MatMul', ['x', 'w'], ['m']),
        node('Tanh', ['m'], ['t']),
        node('MatMul', ['t', 'v'], ['y']),
      ],
    };
    const model = modelOf(graph);
    const one = { low: -1, high: 1 };
    const ranges = new Map([
      ['x', one],
      ['m', one],
      ['t', { low: Number.NaN, high: 1 }],
      ['y', one],
    ]);
    const decisions = quantizeStatic(model, ranges, OPTIONS);
    expect(decisions.map(({ node: name, outcome }) => `${name} ${outcome}`)).toEqual([
      'm changed',
      't kept',
      'y kept',
    ]);
    expect(decisions[2]?.reason).toContain('the range of "t" is not known');
    expect(decisions.every(({ reason }) => reason !== '' && !reason.endsWith('.'))).toBe(true);
  });

  it('calls functions in float', () => {
    const graph: Sketch = {
      input: [rows()],
      output: [rows('y')],
      initializer: [floats('w', [2, 2], [1, 2, 3, 4])],
      node: [
        node('MatMul', ['x', 'w'], ['m']),
        { ...node('Add', ['m', 'm'], ['y']), domain: 'local' },
      ],
    };
    const { outcome } = quantize(
      graph,
      { sparing: true },
      {},
      {
        functions: [
          {
            name: 'Add',
            domain: 'local',
            input: ['a', 'b'],
            output: ['c'],
            node: [node('Mul', ['a', 'b'], ['c'])],
          },
        ],
        opsetImport: [
          { domain: '', version: 17n },
          { domain: 'local', version: 1n },
        ],
      },
    );
    expect(outcome('y')).toBe('kept');
    expect(outcome('m')).toBe('changed');
  });
});
