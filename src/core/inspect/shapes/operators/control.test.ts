import { describe, expect, it } from 'vitest';
import { integers, modelOf, node, value } from '../../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { type Frame, inferTypes } from '../infer.ts';
import { typeText } from '../types.ts';

type Given = Parameters<typeof modelOf>[0];
type Node = ReturnType<typeof node>;

interface Graph {
  readonly input: NonNullable<Given['input']>;
  readonly node: Node[];
  readonly output: NonNullable<Given['output']>;
}

/** Infers a graph; its initializers are int64 lists, or scalars where one number is given. */
function infer(
  graph: Graph,
  contents: Readonly<Record<string, number | number[]>> = {},
  version = 17,
) {
  const initializer = Object.entries(contents).map(([name, data]) =>
    typeof data === 'number' ? integers(name, [data], []) : integers(name, data),
  );
  return inferTypes(
    modelOf({ ...graph, initializer }, { opsetImport: [{ domain: '', version: BigInt(version) }] }),
  );
}

const textsOf = ({ types }: Frame, ...names: string[]) =>
  names.map((name) => {
    const type = types.get(name);
    return type ? typeText(type) : null;
  });

const names = (...all: string[]) => all.map((name) => ({ name }));

const on = { name: 'on', dims: [], dataType: T.BOOL, int32Data: [1] };
const off = { ...on, name: 'off', int32Data: [0] };

describe('If', () => {
  const branches = {
    then_branch: { node: [node('Concat', ['x', 'x'], ['t'], { axis: 0 })], output: names('t') },
    else_branch: { node: [node('Relu', ['x'], ['e'])], output: names('e') },
  };
  const graph = (condition: string) => ({
    input: [value('x', T.FLOAT, 'n', 8), value('c', T.BOOL)],
    node: [node('If', [condition], ['y'], branches)],
    output: names('y'),
  });

  it('gives what both branches agree on', () => {
    const frame = infer(graph('c'));
    expect(textsOf(frame, 'y')).toEqual(['float32[?,8]']);
    const [bodies = []] = frame.bodies.values();
    expect(bodies.map((body) => [body.label, ...textsOf(body, 't', 'e')])).toEqual([
      ['then_branch', 'float32[2*n,8]', null],
      ['else_branch', null, 'float32[n,8]'],
    ]);
  });

  it('takes the branch that a known condition takes', () => {
    const known = (condition: string) =>
      inferTypes(modelOf({ ...graph(condition), initializer: [on, off] }));
    expect(textsOf(known('on'), 'y')).toEqual(['float32[2*n,8]']);
    expect(textsOf(known('off'), 'y')).toEqual(['float32[n,8]']);
  });

  it('knows the element type from the other branch', () => {
    const unknown = { node: [node('Odd', ['x'], ['e'])], output: names('e') };
    const attributes = { then_branch: branches.then_branch, else_branch: unknown };
    const frame = infer({ ...graph('c'), node: [node('If', ['c'], ['y'], attributes)] });
    expect(textsOf(frame, 'y')).toEqual(['float32']);
  });
});

/** A body that hands its condition on, makes `s2` from its state `s`, and gives out `o`. */
const bodyOf = (nodes: Node[], goesOn = 'c_in', outputs: string[] = ['s2']) => ({
  input: [value('i', T.INT64), value('c_in', T.BOOL), { name: 's' }],
  node: nodes,
  output: names(goesOn, ...outputs),
});

describe('Loop', () => {
  const loop = (body: ReturnType<typeof bodyOf>, count = 'm', condition = '', outputs = ['y']) => ({
    input: [value('x', T.FLOAT, 'n', 8), value('c', T.BOOL), value('k', T.INT64)],
    node: [node('Loop', [count, condition, 'x'], outputs, { body })],
    output: names(...outputs),
  });

  it('keeps a state of constant shape', () => {
    expect(textsOf(infer(loop(bodyOf([node('Relu', ['s'], ['s2'])])), { m: 3 }), 'y')).toEqual([
      'float32[n,8]',
    ]);
  });

  it('opens the sizes of a state that change, and types the body with them', () => {
    const grows = bodyOf([node('Concat', ['s', 'x'], ['s2'], { axis: 0 })]);
    const frame = infer(loop(grows), { m: 3 });
    expect(textsOf(frame, 'y')).toEqual(['float32[?,8]']);
    const [[body] = []] = frame.bodies.values();
    expect(body && textsOf(body, 's', 's2')).toEqual(['float32[?,8]', 'float32[? + n,8]']);
  });

  it('opens the rank of a state that gains axes', () => {
    const deepens = bodyOf([node('Unsqueeze', ['s', 'axes'], ['s2'])]);
    expect(textsOf(infer(loop(deepens), { m: 3, axes: [0] }), 'y')).toEqual(['float32']);
  });

  it('does not take a size from outside for one that may change', () => {
    // The state swaps its axes: neither size stays.
    const swaps = bodyOf([node('Transpose', ['s'], ['s2'])]);
    expect(textsOf(infer(loop(swaps), { m: 3 }), 'y')).toEqual(['float32[?,?]']);
  });

  const collects = (goesOn?: string, more: Node[] = []) =>
    bodyOf([node('Relu', ['s'], ['s2']), node('Neg', ['s'], ['o']), ...more], goesOn, ['s2', 'o']);
  const stops = node('Less', ['i', 'i'], ['stop']);

  it.each<[string, Graph, Record<string, number>, string]>([
    ['a known count', loop(collects(), 'm', '', ['y', 'z']), { m: 3 }, 'float32[3,n,8]'],
    ['no count', loop(collects(), '', 'c', ['y', 'z']), {}, 'float32[?,n,8]'],
    ['a count to come', loop(collects(), 'k', '', ['y', 'z']), {}, 'float32[?,n,8]'],
    ['a condition', loop(collects(), 'm', 'c', ['y', 'z']), { m: 3 }, 'float32[?,n,8]'],
    ['an end', loop(collects('stop', [stops]), 'm', '', ['y', 'z']), { m: 3 }, 'float32[?,n,8]'],
    ['endless turns', loop(collects(), 'm', '', ['y', 'z']), { m: 2 ** 62 }, 'float32[?,n,8]'],
  ])('stacks what the body gives out, with %s', (_, graph, contents, expected) => {
    expect(textsOf(infer(graph, contents), 'z')).toEqual([expected]);
  });

  it('stacks as many as a symbolic count says', () => {
    const graph = loop(collects(), 'count', '', ['y', 'z']);
    const count = [
      node('Shape', ['x'], ['shape']),
      node('Gather', ['shape', 'zero'], ['count'], { axis: 0 }),
    ];
    const frame = infer({ ...graph, node: [...count, ...graph.node] }, { zero: 0 });
    expect(textsOf(frame, 'z')).toEqual(['float32[n,n,8]']);
  });
});

describe('Scan', () => {
  const body = {
    input: names('s', 'e'),
    node: [node('Add', ['s', 'e'], ['s2']), node('Neg', ['s2'], ['o'])],
    output: names('s2', 'o'),
  };

  it('walks along an axis and stacks along one', () => {
    const attributes = { body, num_scan_inputs: 1, scan_input_axes: [1], scan_output_axes: [-1] };
    const frame = infer({
      input: [value('x', T.FLOAT, 'b', 8), value('xs', T.FLOAT, 'b', 't', 8)],
      node: [node('Scan', ['x', 'xs'], ['y', 'ys'], attributes)],
      output: names('y', 'ys'),
    });
    expect(textsOf(frame, 'y', 'ys')).toEqual(['float32[b,8]', 'float32[b,8,t]']);
  });

  it('had the batch first in version 8', () => {
    const graph = {
      input: [value('x', T.FLOAT, 'b', 8), value('xs', T.FLOAT, 'b', 't', 8)],
      node: [node('Scan', ['', 'x', 'xs'], ['y', 'ys'], { body, num_scan_inputs: 1 })],
      output: names('y', 'ys'),
    };
    expect(textsOf(infer(graph, {}, 8), 'y', 'ys')).toEqual(['float32[b,8]', 'float32[b,t,8]']);
  });

  it('refuses lengths that differ', () => {
    const frame = infer({
      input: [value('x', T.FLOAT, 3, 8), value('xs', T.FLOAT, 4, 8)],
      node: [node('Scan', ['x', 'xs'], ['y', 'ys'], { body, num_scan_inputs: 2 })],
      output: names('y', 'ys'),
    });
    expect([...frame.problems.values()]).toEqual([
      'The lengths of what is scanned must be equal: 3 and 4.',
    ]);
  });
});

describe('SequenceMap', () => {
  it('types its body with one element', () => {
    const body = {
      input: names('e', 'w'),
      node: [node('MatMul', ['e', 'w'], ['o'])],
      output: names('o'),
    };
    const frame = infer({
      input: [value('x', T.FLOAT, 'n', 8), value('w', T.FLOAT, 8, 4)],
      node: [
        node('SequenceConstruct', ['x', 'x'], ['s']),
        node('SequenceMap', ['s', 'w'], ['y'], { body }),
      ],
      output: names('y'),
    });
    expect(textsOf(frame, 'y')).toEqual(['sequence of float32[n,4]']);
  });
});
