import { describe, expect, it } from 'vitest';
import { integers, modelOf, node, value } from '../../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { inferTypes } from '../infer.ts';
import type { ValueType } from '../types.ts';

type Input = readonly (number | string)[] | readonly number[];

/** A shape of floats, or an int64 tensor of rank 1 with this content. */
interface Given {
  readonly shapes?: Readonly<Record<string, Input>>;
  readonly contents?: Readonly<Record<string, readonly number[]>>;
}

type Nodes = NonNullable<Parameters<typeof modelOf>[0]['node']>;

function infer(nodes: Nodes, { shapes = {}, contents = {} }: Given) {
  const output = nodes.flatMap(({ output: names = [] }) => names).map((name) => ({ name }));
  return inferTypes(
    modelOf({
      input: Object.entries(shapes).map(([name, dims]) => value(name, T.FLOAT, ...dims)),
      initializer: Object.entries(contents).map(([name, data]) => integers(name, data)),
      node: nodes,
      output,
    }),
  );
}

const shapeOf = (nodes: Nodes, given: Given, name = 'y') =>
  infer(nodes, given).types.get(name)?.shape;

const problemOf = (nodes: Nodes, given: Given) => [...infer(nodes, given).problems.values()][0];

describe('Reshape', () => {
  it.each<[from: Input, to: number[], Dim[]]>([
    [
      ['batch', 12, 'seq', 64],
      [0, -1, 768],
      ['batch', 'seq', 768],
    ],
    [
      ['batch', 'seq', 768],
      [0, 0, 12, 64],
      ['batch', 'seq', 12, 64],
    ],
    [
      ['batch', 'seq', 768],
      [-1, 768],
      ['batch*seq', 768],
    ],
    [['batch', 'seq', 768], [-1], ['768*batch*seq']],
    [
      ['n', 6],
      [-1, 4],
      ['floor(3*n/2)', 4],
    ],
  ])('of %j by %j', (from, to, expected) => {
    const nodes = [node('Reshape', ['x', 'to'], ['y'])];
    expect(shapeOf(nodes, { shapes: { x: from }, contents: { to } })).toEqual(expected);
  });

  it('takes a target from Shape, Gather, Mul and Concat', () => {
    const nodes = [
      node('Shape', ['x'], ['shape']),
      node('Gather', ['shape', 'first'], ['batch'], { axis: 0 }),
      node('Gather', ['shape', 'second'], ['seq'], { axis: 0 }),
      node('Mul', ['batch', 'seq'], ['rows']),
      node('Concat', ['rows', 'rest'], ['target'], { axis: 0 }),
      node('Reshape', ['x', 'target'], ['y']),
    ];
    const contents = { first: [0], second: [-2], rest: [12, -1] };
    const { types } = infer(nodes, { shapes: { x: ['batch', 'seq', 768] }, contents });
    expect(types.get('target')?.items).toEqual(['batch*seq', 12, -1]);
    expect(types.get('y')?.shape).toEqual(['batch*seq', 12, 64]);
  });

  it('solves for the one size that is not known', () => {
    const nodes = [
      node('ReduceProd', ['ids'], ['count']),
      node('Cast', ['ids'], ['whole'], { to: T.INT64 }),
      node('Concat', ['whole', 'rest'], ['target'], { axis: 0 }),
      node('Reshape', ['x', 'target'], ['y']),
    ];
    const given = { shapes: { x: ['n', 12, 64], ids: [1] }, contents: { rest: [768] } };
    expect(shapeOf(nodes, given)).toEqual(['n', 768]);
  });

  it('objects to elements that do not come out even', () => {
    const nodes = [node('Reshape', ['x', 'to'], ['y'])];
    const problem = problemOf(nodes, { shapes: { x: [2, 3] }, contents: { to: [4, -1] } });
    expect(problem).toBe('[2,3] cannot be reshaped to [4,-1].');
  });
});

describe('Slice', () => {
  const END = Number(2n ** 63n - 2n ** 10n);

  it.each<[size: number | string, start: number, end: number, step: number, Dim]>([
    ['n', 0, END, 1, 'n'],
    ['n', 1, END, 1, 'n - 1'],
    ['n', 0, -2, 1, 'n - 2'],
    ['n', 2, -1, 1, 'n - 3'],
    ['n', -3, END, 1, 3],
    ['n', -3, -1, 1, 2],
    ['n', 0, 1, 1, 1],
    ['n', 0, END, 2, 'floor((n + 1)/2)'],
    ['n', -1, -END, -1, 'n'],
    [7, 1, END, 2, 3],
    [7, -1, -END, -3, 3],
    [7, 9, 12, 1, 0],
  ])('of %s from %i to %i by %i', (size, start, end, step, expected) => {
    const nodes = [node('Slice', ['x', 'start', 'end', 'axis', 'step'], ['y'])];
    const contents = { start: [start], end: [end], axis: [1], step: [step] };
    expect(shapeOf(nodes, { shapes: { x: [2, size] }, contents })).toEqual([2, expected]);
  });

  it.each<[size: number | string, start: number, end: number]>([
    ['n', 0, 5],
    ['n', 3, 5],
    ['n', -5, 3],
  ])('leaves open what depends on the size: %s from %i to %i', (size, start, end) => {
    const nodes = [node('Slice', ['x', 'start', 'end', 'axis'], ['y'])];
    const contents = { start: [start], end: [end], axis: [0] };
    const [dim] = shapeOf(nodes, { shapes: { x: [size] }, contents }) ?? [];
    expect(dim).toMatch(/^\?/);
  });

  it('cuts a table to the lengths in use', () => {
    const nodes = [
      node('Shape', ['ids'], ['shape']),
      node('Gather', ['shape', 'first'], ['past']),
      node('Gather', ['shape', 'second'], ['seq']),
      node('Add', ['past', 'seq'], ['total']),
      node('Slice', ['table', 'past', 'total', 'first'], ['y']),
    ];
    const given = {
      shapes: { ids: ['past', 'seq'], table: [1024, 64] },
      contents: { first: [0], second: [1] },
    };
    expect(shapeOf(nodes, given)).toEqual(['seq', 64]);
  });
});

describe('contents', () => {
  /** What comes of Shape(x) with x of [h, w, 3]. */
  const itemsOf = (
    nodes: Nodes,
    contents: Given['contents'] = {},
    dims: Input = ['h', 'w', 3],
  ): ValueType['items'] =>
    infer([node('Shape', ['x'], ['s']), ...nodes], { shapes: { x: dims }, contents }).types.get('y')
      ?.items;

  it.each<[operator: string, operand: number, readonly Dim[]]>([
    ['Add', 1, ['h + 1', 'w + 1', 4]],
    ['Sub', 1, ['h - 1', 'w - 1', 2]],
    ['Mul', 2, ['2*h', '2*w', 6]],
    ['Div', 2, ['floor(h/2)', 'floor(w/2)', 1]],
    ['Mod', 2, ['h - 2*floor(h/2)', 'w - 2*floor(w/2)', 1]],
    ['Pow', 2, ['h*h', 'w*w', 9]],
    ['Max', -1, ['h', 'w', 3]],
    ['Min', 0, [0, 0, 0]],
    ['Equal', -1, [0, 0, 0]],
    ['Greater', -1, [1, 1, 1]],
    ['LessOrEqual', -1, [0, 0, 0]],
  ])('pass through %s by %i', (operator, operand, expected) => {
    expect(itemsOf([node(operator, ['s', 'n'], ['y'])], { n: [operand] })).toEqual(expected);
  });

  it('keep what is known beside what is not', () => {
    const [first, , last] = itemsOf([node('Equal', ['s', 'n'], ['y'])], { n: [3] }) ?? [];
    expect(first).toMatch(/^any\(/);
    expect(last).toBe(1);
  });

  it('choose with Where, as exporters do for Expand', () => {
    const nodes = [
      node('Equal', ['asked', 'minus'], ['free']),
      node('Where', ['free', 's', 'asked'], ['y']),
    ];
    expect(itemsOf(nodes, { asked: [-1, 5, -1], minus: [-1] })).toEqual(['h', 5, 3]);
  });

  it('are halved in floats and rounded', () => {
    const nodes = [
      node('Cast', ['s'], ['f'], { to: T.FLOAT }),
      node('Cast', ['two'], ['two_f'], { to: T.FLOAT }),
      node('Div', ['f', 'two_f'], ['half']),
      node('Ceil', ['half'], ['up']),
      node('Cast', ['up'], ['y'], { to: T.INT64 }),
    ];
    expect(itemsOf(nodes, { two: [2] })).toEqual(['floor((h + 1)/2)', 'floor((w + 1)/2)', 2]);
  });

  it('are reordered with the axes, as for the pads of PyTorch', () => {
    const nodes = [
      node('Reshape', ['pads', 'pairs'], ['p']),
      node('Slice', ['p', 'last', 'front', 'first', 'back'], ['r']),
      node('Transpose', ['r'], ['t'], { perm: [1, 0] }),
      node('Reshape', ['t', 'flat'], ['y']),
    ];
    const contents = {
      pads: [1, 2, 3, 4],
      pairs: [-1, 2],
      last: [-1],
      front: [-(2 ** 62)],
      first: [0],
      back: [-1],
      flat: [-1],
    };
    expect(itemsOf(nodes, contents)).toEqual([3, 1, 4, 2]);
  });

  it('of Range and NonZero are counted', () => {
    const nodes = [
      node('ConstantOfShape', ['n'], ['ones'], { value: integers('', [1]) }),
      node('NonZero', ['ones'], ['places']),
      node('Squeeze', ['places', 'first'], ['y']),
    ];
    expect(itemsOf(nodes, { n: [4], first: [0] })).toEqual([0, 1, 2, 3]);
  });
});

describe('sizes', () => {
  it.each<[operator: string, first: Input, second: Input, Dim[]]>([
    ['Concat', ['n', 3], ['m', 3], ['m + n', 3]],
    ['Concat', ['past', 'd'], ['seq', 64], ['past + seq', 64]],
    ['Add', ['batch', 1, 'seq'], ['heads', 1], ['batch', 'heads', 'seq']],
    ['Where', ['n', 1], [1, 'm'], ['n', 'm']],
  ])('of %s with %j and %j', (operator, a, b, expected) => {
    const inputs = operator === 'Where' ? ['a', 'a', 'b'] : ['a', 'b'];
    const nodes = [node(operator, inputs, ['y'], operator === 'Concat' ? { axis: 0 } : {})];
    expect(shapeOf(nodes, { shapes: { a, b } })).toEqual(expected);
  });

  it('of Split in three and with a smaller last part', () => {
    const x: Input = ['n', 7];
    const names = ['y', 'y1', 'y2'];
    const split = (axis: number) => [node('Split', ['x'], names, { axis })];
    expect(shapeOf(split(0), { shapes: { x } })?.[0]).toBe('floor(n/3)');
    expect(problemOf(split(1), { shapes: { x } })).toBe('7 cannot be split in 3 equal parts.');
  });

  it('of Pad, Tile, Expand, Range, TopK and DepthToSpace', () => {
    const nodes = [
      node('Pad', ['x', 'pads'], ['padded']),
      node('Tile', ['x', 'twice'], ['tiled']),
      node('Shape', ['x'], ['s']),
      node('Expand', ['one', 's'], ['expanded']),
      node('Gather', ['s', 'zero'], ['k']),
      node('TopK', ['wide', 'k'], ['best', 'places']),
      node('DepthToSpace', ['x'], ['space'], { blocksize: 2 }),
    ];
    const { types } = infer(nodes, {
      shapes: { x: ['n', 8, 'h', 'w'], one: [1, 8, 1, 1], wide: [5, 100] },
      contents: { pads: [0, 0, 1, 2, 0, 0, 1, 0], twice: [1, 1, 2, 2], zero: [0] },
    });
    expect(types.get('padded')?.shape).toEqual(['n', 8, 'h + 2', 'w + 2']);
    expect(types.get('tiled')?.shape).toEqual(['n', 8, '2*h', '2*w']);
    expect(types.get('expanded')?.shape).toEqual(['n', 8, 'h', 'w']);
    expect(types.get('best')?.shape).toEqual([5, 'n']);
    expect(types.get('space')?.shape).toEqual(['n', 2, '2*h', '2*w']);
  });

  it.each<[Nodes[number], Given, string]>([
    [
      node('Add', ['a', 'b'], ['y']),
      { shapes: { a: [2, 3], b: [4] } },
      'Shapes [2,3] and [4] cannot be broadcast together.',
    ],
    [
      node('Concat', ['a', 'b'], ['y'], { axis: 0 }),
      { shapes: { a: [2, 3], b: [2, 4] } },
      'Shapes [2,3] and [2,4] cannot be joined.',
    ],
    [
      node('Gather', ['a', 'at'], ['y']),
      { shapes: { a: [2, 3] }, contents: { at: [5] } },
      'Index 5 is out of range on axis 0 of [2,3].',
    ],
    [
      node('Squeeze', ['a', 'at'], ['y']),
      { shapes: { a: ['n', 3] }, contents: { at: [1] } },
      'Axis 1 of [n,3] is 3, not 1.',
    ],
    [
      node('TopK', ['a', 'at'], ['y', 'z']),
      { shapes: { a: ['n', 3] }, contents: { at: [4] } },
      'There are no 4 greatest along axis 1 of [n,3].',
    ],
    [node('Softmax', ['a'], ['y']), { shapes: { a: [2] } }, ''],
  ])('contradict each other: case %#', (one, given, message) => {
    expect(problemOf([one], given) ?? '').toBe(message);
  });
});
