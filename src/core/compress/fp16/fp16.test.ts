import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inferTypes } from '../../inspect/shapes/infer.ts';
import {
  floats,
  type GraphInit,
  integers,
  modelOf,
  node,
  stored,
  value,
} from '../../onnx/build.ts';
import { elementName } from '../../onnx/elements.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { concat, modelParts } from '../../onnx/write.ts';
import type { Context } from '../technique.ts';
import { mixedFloats } from './check.ts';
import { fp16 } from './fp16.ts';

const context: Context = {
  runner: null,
  progress: () => undefined,
  signal: { aborted: false, throwIfAborted: () => undefined } as Context['signal'],
};

const apply = (model: ModelProto, options: object = {}) =>
  fp16.apply(model, v.parse(fp16.schema, options), context);

const X = value('x', T.FLOAT, 2, 4);
const Y = value('y', T.FLOAT, 2, 4);

type Models = Parameters<typeof modelOf>[1];

/** Converts a graph from x to y and checks that types agree. */
async function converted(graph: Partial<GraphInit>, options: object = {}, more: Models = {}) {
  // A model shares lists with what it is made from, and it is edited in place.
  const made = structuredClone({ input: [X], output: [Y], ...graph } as GraphInit);
  const model = modelOf(made, more);
  const decisions = await apply(model, options);
  expect(mixedFloats(model)).toEqual([]);
  const types = new Map(
    [...inferTypes(model).types].map(([name, { elem }]) => [name, elementName(elem)]),
  );
  const nodes = model.graph?.node ?? [];
  return {
    model,
    types,
    decisions,
    operators: nodes.map(({ opType }) => opType),
    nodes,
    outcomes: Object.fromEntries(decisions.map((each) => [each.node, each.outcome])),
    reasons: Object.fromEntries(decisions.map((each) => [each.node, each.reason])),
    initializer: (name: string) => model.graph?.initializer.find((each) => each.name === name),
  };
}

const chain = {
  initializer: [floats('w', [4, 4]), floats('b', [4])],
  node: [
    node('MatMul', ['x', 'w'], ['h']),
    node('Add', ['h', 'b'], ['a']),
    node('Relu', ['a'], ['y']),
  ],
};

describe('a plain graph', () => {
  it('converts once at each end', async () => {
    const { operators, types, initializer, nodes } = await converted(chain);
    expect(operators).toEqual(['Cast', 'MatMul', 'Add', 'Relu', 'Cast']);
    expect(['x', 'h', 'a', 'y'].map((name) => types.get(name))).toEqual([
      'float32',
      'float16',
      'float16',
      'float32',
    ]);
    expect(initializer('w')?.dataType).toBe(T.FLOAT16);
    expect(nodes.at(-1)?.output).toEqual(['y']);
  });

  it('converts nothing at the ends when these are float16', async () => {
    const { operators, types, model } = await converted(chain, { io: 'float16' });
    expect(operators).toEqual(['MatMul', 'Add', 'Relu']);
    expect([types.get('x'), types.get('y')]).toEqual(['float16', 'float16']);
    const declared = [...(model.graph?.input ?? []), ...(model.graph?.output ?? [])];
    for (const { type } of declared) {
      expect(type?.value.case === 'tensorType' && type.value.value.elemType).toBe(T.FLOAT16);
    }
  });

  it('corrects declared types of tensors', async () => {
    const { model } = await converted({ ...chain, valueInfo: [value('h', T.FLOAT, 2, 4)] });
    const type = model.graph?.valueInfo[0]?.type?.value;
    expect(type?.case === 'tensorType' && type.value.elemType).toBe(T.FLOAT16);
  });

  it('finds nothing to do the second time', async () => {
    const { model } = await converted(chain);
    await expect(apply(model)).rejects.toMatchObject({ name: 'CompressError' });
  });

  it('makes the same bytes twice', async () => {
    const [a, b] = await Promise.all([converted(chain), converted(chain)]);
    expect(Buffer.compare(concat(modelParts(a.model)), concat(modelParts(b.model)))).toBe(0);
  });

  it('converts an output that is read inside, too', async () => {
    const { nodes, operators } = await converted({
      node: [node('Relu', ['x'], ['y']), node('Neg', ['y'], ['z'])],
      output: [Y, value('z', T.FLOAT, 2, 4)],
    });
    expect(operators.filter((each) => each === 'Cast')).toHaveLength(3);
    const negated = nodes.find(({ opType }) => opType === 'Neg')?.input[0];
    expect(nodes.find(({ opType }) => opType === 'Relu')?.output).toEqual([negated]);
  });

  it('hands out a weight and an input as they are', async () => {
    const { operators, types } = await converted({
      initializer: [floats('w', [4])],
      node: [node('Add', ['x', 'w'], ['y'])],
      output: [Y, value('w', T.FLOAT, 4), X],
    });
    expect(operators.filter((each) => each === 'Cast')).toHaveLength(3);
    expect([types.get('w'), types.get('x')]).toEqual(['float32', 'float32']);
  });
});

describe('nodes that stay in float32', () => {
  it('as asked, with one conversion for all their readers and each way', async () => {
    const { operators, outcomes, initializer } = await converted(
      {
        initializer: [floats('w', [4])],
        node: [
          node('Relu', ['x'], ['a']),
          node('Mul', ['a', 'w'], ['k']),
          node('Neg', ['k'], ['n']),
          node('Abs', ['k'], ['m']),
          node('Add', ['n', 'm'], ['y']),
        ],
      },
      { keep: ['k'] },
    );
    expect(outcomes).toMatchObject({ k: 'kept', n: 'changed' });
    expect(operators.filter((each) => each === 'Cast')).toHaveLength(4);
    expect(initializer('w')?.dataType).toBe(T.FLOAT);
  });

  it('because the operator has no float16 at this opset', async () => {
    const packed = {
      input: [],
      initializer: [stored('q', T.INT8, [8], new Int8Array(8).buffer), floats('s', [], [0.1])],
      node: [node('DequantizeLinear', ['q', 's'], ['d']), node('Relu', ['d'], ['y'])],
      output: [value('y', T.FLOAT, 8)],
    };
    const { outcomes } = await converted(packed);
    expect(outcomes).toEqual({ d: 'kept', y: 'changed' });
    const newer = await converted(packed, {}, { opsetImport: [{ domain: '', version: 19n }] });
    expect(newer.outcomes).toEqual({ d: 'changed', y: 'changed' });
    expect(newer.initializer('s')?.dataType).toBe(T.FLOAT16);
  });

  it('all of them where the model computes in int8', async () => {
    const quantized = {
      initializer: [floats('s', [], [0.1])],
      node: [
        node('QuantizeLinear', ['x', 's'], ['q']),
        node('DequantizeLinear', ['q', 's'], ['d']),
        node('Relu', ['d'], ['y']),
      ],
    };
    await expect(converted(quantized)).rejects.toThrow(/quantized already/);
  });

  it('because nobody knows the operator, whose output then has no type', async () => {
    const strange = { ...node('Strange', ['x'], ['s']), domain: 'my.own' };
    const { outcomes, operators } = await converted({
      node: [strange, node('Relu', ['s'], ['r']), node('Relu', ['x'], ['y'])],
    });
    expect(outcomes).toEqual({ s: 'kept', r: 'kept', y: 'changed' });
    expect(operators.filter((each) => each === 'Cast')).toHaveLength(2);
  });

  it('because its weights overflow, unless told not to', async () => {
    const big = {
      initializer: [floats('w', [4, 4], new Array(16).fill(1e6))],
      node: [node('MatMul', ['x', 'w'], ['h']), node('Relu', ['h'], ['y'])],
    };
    const kept = await converted(big);
    expect(kept.reasons['h']).toBe('float32: 16 of its weights are past ±65504');
    const clamped = await converted(big, { keepOverflow: false });
    expect(clamped.reasons['h']).toBe('float16, 16 of its constants limited to ±65504');
    expect(tensorNumbers(clamped.initializer('w') as never)[0]).toBe(65_504);
  });

  it('but a mask of -inf or of the lowest float32 does not keep a node', async () => {
    const { initializer, outcomes } = await converted({
      initializer: [floats('m', [4], [0, -3.4e38, -Infinity, 0])],
      node: [node('Add', ['x', 'm'], ['a']), node('Softmax', ['a'], ['y'])],
    });
    expect(outcomes).toEqual({ a: 'changed', y: 'changed' });
    expect([...tensorNumbers(initializer('m') as never)]).toEqual([0, -65_504, -Infinity, 0]);
  });

  it('because it is a sum of squares, up to the division', async () => {
    const norm = {
      initializer: [floats('two', [], [2]), floats('eps', [], [1e-12])],
      node: [
        node('ReduceMean', ['x'], ['m'], { axes: [-1] }),
        node('Sub', ['x', 'm'], ['c']),
        node('Pow', ['c', 'two'], ['p']),
        node('ReduceMean', ['p'], ['v'], { axes: [-1] }),
        node('Add', ['v', 'eps'], ['e']),
        node('Sqrt', ['e'], ['s']),
        node('Div', ['c', 's'], ['d']),
        node('Relu', ['d'], ['y']),
      ],
    };
    const { outcomes, initializer } = await converted(norm);
    expect(outcomes).toEqual({
      m: 'changed',
      c: 'changed',
      p: 'kept',
      v: 'kept',
      e: 'kept',
      s: 'kept',
      d: 'kept',
      y: 'changed',
    });
    expect(initializer('eps')?.dataType).toBe(T.FLOAT);
    const bold = await converted(norm, { careful: false });
    expect(new Set(Object.values(bold.outcomes))).toEqual(new Set(['changed']));
    expect(tensorNumbers(bold.initializer('eps') as never)[0]).toBe(2 ** -24);
  });

  it('because it turns positions into angles', async () => {
    const { outcomes } = await converted({
      input: [X, value('positions', T.INT64, 4)],
      initializer: [floats('f', [], [0.01])],
      node: [
        node('Cast', ['positions'], ['p'], { to: T.FLOAT }),
        node('Mul', ['p', 'f'], ['a']),
        node('Cos', ['a'], ['c']),
        node('Mul', ['x', 'c'], ['y']),
      ],
    });
    expect(outcomes).toMatchObject({ a: 'kept', c: 'kept', y: 'changed' });
  });

  it('but a mask of whole numbers becomes float16 at once', async () => {
    const { nodes, outcomes } = await converted({
      input: [X, value('mask', T.INT64, 4)],
      initializer: [floats('low', [], [-3.4e38])],
      node: [
        node('Cast', ['mask'], ['f'], { to: T.FLOAT }),
        node('Mul', ['f', 'low'], ['m']),
        node('Add', ['x', 'm'], ['y']),
      ],
    });
    expect(outcomes).toEqual({ m: 'changed', y: 'changed' });
    const cast = nodes.find(({ output }) => output[0] === 'f');
    expect(cast?.attribute[0]?.i).toBe(BigInt(T.FLOAT16));
  });
});

describe('operators with types of their own', () => {
  it('leaves the scales of Resize exact', async () => {
    const { types, initializer, operators } = await converted({
      input: [value('x', T.FLOAT, 1, 1, 2, 2)],
      output: [value('y', T.FLOAT, 1, 1, 3, 3)],
      initializer: [floats('scales', [4], [1, 1, 1.5001, 1.5001])],
      node: [node('Resize', ['x', '', 'scales'], ['y'])],
    });
    expect(types.get('scales')).toBe('float32');
    expect(initializer('scales')?.dataType).toBe(T.FLOAT);
    expect(operators).toEqual(['Cast', 'Resize', 'Cast']);
  });

  it('rewrites constants in every form, and what fills with zeros by default', async () => {
    const { nodes, types } = await converted({
      initializer: [integers('shape', [2, 4])],
      node: [
        node('Constant', [], ['t'], { value: floats('', [1], [0.1]) }),
        node('ConstantOfShape', ['shape'], ['z']),
        node('Add', ['x', 't'], ['a']),
        node('Add', ['a', 'z'], ['y']),
      ],
    });
    expect([types.get('t'), types.get('z')]).toEqual(['float16', 'float16']);
    const made = nodes.find(({ opType }) => opType === 'ConstantOfShape')?.attribute[0]?.t;
    expect(made?.dataType).toBe(T.FLOAT16);
  });

  it('leaves constants of nodes that stay exact', async () => {
    const { types } = await converted(
      {
        node: [
          node('Constant', [], ['t'], { value: floats('', [1], [0.1]) }),
          node('Add', ['x', 't'], ['a']),
          node('Mul', ['a', 't'], ['y']),
        ],
      },
      { keep: ['a'] },
    );
    expect(types.get('t')).toBe('float32');
  });

  it('asks for no conversion where only the shape is read', async () => {
    const { operators } = await converted({
      node: [
        node('Shape', ['x'], ['s']),
        node('ConstantOfShape', ['s'], ['z']),
        node('Relu', ['z'], ['y']),
      ],
    });
    expect(operators).toEqual(['Shape', 'ConstantOfShape', 'Relu', 'Cast']);
  });

  it('turns CastLike into Cast', async () => {
    const { nodes } = await converted({
      input: [X, value('n', T.INT64, 4)],
      node: [node('CastLike', ['n', 'x'], ['f']), node('Add', ['x', 'f'], ['y'])],
    });
    const cast = nodes.find(({ output }) => output[0] === 'f');
    expect([cast?.opType, cast?.input, cast?.attribute[0]?.i]).toEqual([
      'Cast',
      ['n'],
      BigInt(T.FLOAT16),
    ]);
  });

  it('leaves whole numbers alone', async () => {
    const { types, initializer } = await converted({
      input: [X, value('ids', T.INT64, 2)],
      initializer: [floats('table', [9, 4]), integers('one', [1])],
      node: [
        node('Add', ['ids', 'one'], ['i']),
        node('Gather', ['table', 'i'], ['g']),
        node('Add', ['x', 'g'], ['y']),
      ],
    });
    expect([types.get('i'), types.get('g')]).toEqual(['int64', 'float16']);
    expect(initializer('one')?.dataType).toBe(T.INT64);
  });
});

describe('bodies', () => {
  const branch = (label: string, opType: string): GraphInit => ({
    name: label,
    output: [value(`${label}_y`, T.FLOAT, 2, 4)],
    initializer: [floats(`${label}_w`, [4])],
    node: [
      node(opType, ['r'], [`${label}_o`]),
      node('Add', [`${label}_o`, `${label}_w`], [`${label}_y`]),
    ],
  });
  const branching: Partial<GraphInit> = {
    input: [X, value('c', T.BOOL)],
    node: [
      node('Relu', ['x'], ['r']),
      node('If', ['c'], ['i'], {
        then_branch: branch('then', 'Neg'),
        else_branch: branch('else', 'Abs'),
      }),
      node('Relu', ['i'], ['y']),
    ],
  };

  it('are converted with their node, and what they capture', async () => {
    const { types, operators, nodes } = await converted(branching);
    expect(types.get('i')).toBe('float16');
    expect(operators).toEqual(['Cast', 'Relu', 'If', 'Relu', 'Cast']);
    const then = nodes.find(({ opType }) => opType === 'If')?.attribute[0]?.g;
    expect(then?.initializer[0]?.dataType).toBe(T.FLOAT16);
    expect(then?.node.map(({ opType }) => opType)).toEqual(['Neg', 'Add']);
  });

  it('convert what a node inside keeps', async () => {
    const { nodes } = await converted(branching, { keep: ['then_o'] });
    const then = nodes.find(({ opType }) => opType === 'If')?.attribute[0]?.g;
    expect(then?.node.map(({ opType }) => opType)).toEqual(['Neg', 'Cast', 'Add']);
  });

  it('stay as they are where their node is kept, and read float32', async () => {
    const { nodes, types } = await converted(branching, { keep: ['i'] });
    const then = nodes.find(({ opType }) => opType === 'If')?.attribute[0]?.g;
    expect(types.get('i')).toBe('float32');
    expect(then?.initializer[0]?.dataType).toBe(T.FLOAT);
    expect(types.get(then?.node[0]?.input[0] ?? '')).toBe('float32');
  });

  it('of loops carry float16', async () => {
    const body: GraphInit = {
      name: 'body',
      input: [value('i', T.INT64), value('go', T.BOOL), value('state', T.FLOAT, 2, 4)],
      output: [value('on', T.BOOL), value('next', T.FLOAT, 2, 4)],
      node: [node('Identity', ['go'], ['on']), node('Add', ['state', 'x'], ['next'])],
    };
    const { model, nodes, types } = await converted({
      initializer: [integers('n', [3], [])],
      node: [node('Loop', ['n', '', 'x'], ['y'], { body })],
    });
    expect(types.get('y')).toBe('float32');
    const inner = nodes.find(({ opType }) => opType === 'Loop')?.attribute[0]?.g;
    for (const { type } of [inner?.input[2], inner?.output[1]].flatMap((each) => each ?? [])) {
      expect(type?.value.case === 'tensorType' && type.value.value.elemType).toBe(T.FLOAT16);
    }
    expect(model.graph?.node.filter(({ opType }) => opType === 'Cast')).toHaveLength(2);
  });
});

it('converts the bodies of functions in place of their calls', async () => {
  const { operators, model } = await converted(
    {
      node: [{ ...node('Twice', ['x'], ['t']), domain: 'own' }, node('Relu', ['t'], ['y'])],
    },
    {},
    {
      opsetImport: [
        { domain: '', version: 17n },
        { domain: 'own', version: 1n },
      ],
      functions: [
        {
          name: 'Twice',
          domain: 'own',
          input: ['a'],
          output: ['b'],
          opsetImport: [{ domain: '', version: 17n }],
          node: [
            node('Constant', [], ['two'], { value: floats('', [], [2]) }),
            node('Mul', ['a', 'two'], ['b']),
          ],
        },
      ],
    },
  );
  expect(operators).toEqual(['Cast', 'Constant', 'Mul', 'Relu', 'Cast']);
  expect(model.functions).toEqual([]);
});

describe('float16 for storage only', () => {
  const long = {
    initializer: [floats('w', [4, 400]), floats('v', [400, 4]), floats('b', [4])],
    node: [
      node('MatMul', ['x', 'w'], ['h']),
      node('MatMul', ['h', 'v'], ['a']),
      node('Add', ['a', 'b'], ['y']),
    ],
  };

  it('leaves the arithmetic, and weights too short to pay', async () => {
    const { types, operators, initializer, outcomes } = await converted(long, {
      arithmetic: 'float32',
    });
    expect(['w', 'h', 'a'].map((name) => types.get(name))).toEqual([
      'float32',
      'float32',
      'float32',
    ]);
    expect(operators.filter((each) => each === 'Cast')).toHaveLength(2);
    expect(initializer('w_float16')?.dataType).toBe(T.FLOAT16);
    expect(initializer('b')?.dataType).toBe(T.FLOAT);
    expect(outcomes).toEqual({ h: 'changed', a: 'changed' });
  });

  it('keeps the list of weights among the inputs of old files true', async () => {
    const { model } = await converted(
      { ...long, input: [X, value('w', T.FLOAT, 4, 400)] },
      { arithmetic: 'float32' },
      { irVersion: 3n },
    );
    expect(model.graph?.input.map(({ name }) => name)).toEqual(['x', 'w_float16']);
  });

  it('says so where there is nothing to store', async () => {
    await expect(converted(chain, { arithmetic: 'float32' })).rejects.toMatchObject({
      name: 'CompressError',
    });
  });
});

it('converts weights that old files list among the inputs', async () => {
  const { model, initializer } = await converted(
    { ...chain, input: [X, value('w', T.FLOAT, 4, 4)] },
    {},
    { irVersion: 3n },
  );
  const type = model.graph?.input[1]?.type?.value;
  expect(type?.case === 'tensorType' && type.value.elemType).toBe(T.FLOAT16);
  expect(initializer('w')?.dataType).toBe(T.FLOAT16);
});

it('leaves weights that a caller may override', async () => {
  const { types } = await converted({ ...chain, input: [X, value('w', T.FLOAT, 4, 4)] });
  expect(types.get('w')).toBe('float32');
});
