import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { integers, modelOf, node, value } from '../../onnx/build.ts';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type FunctionProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import { type Frame, inferTypes } from './infer.ts';
import { typeText } from './types.ts';

type Graph = Parameters<typeof modelOf>[0];
type Node = ReturnType<typeof node>;
type FunctionInit = Parameters<typeof create<typeof FunctionProtoSchema>>[1];

const names = (...all: string[]) => all.map((name) => ({ name }));

const textOf = ({ types }: Frame, name: string) => {
  const type = types.get(name);
  return type ? typeText(type) : null;
};

const problemsOf = ({ problems }: Frame) => [...problems.values()];

const opsetImport = [
  { domain: '', version: 17n },
  { domain: 'local', version: 1n },
];

/** A call of a model-local function. */
const call = (...given: Parameters<typeof node>): Node => ({ ...node(...given), domain: 'local' });

/** A node whose attribute takes its value from the function's. */
const referring = (made: Node, name: string, type: A, refAttrName: string): Node =>
  create(NodeProtoSchema, {
    ...made,
    attribute: [create(AttributeProtoSchema, { name, type, refAttrName })],
  } as Parameters<typeof create<typeof NodeProtoSchema>>[1]) as Node;

const modelWith = (functions: NonNullable<FunctionInit>[], graph: Graph) =>
  modelOf(graph, { opsetImport, functions } as Parameters<typeof modelOf>[1]);

describe('model-local functions', () => {
  const flatten = {
    domain: 'local',
    name: 'Flat',
    input: ['a'],
    output: ['b'],
    attribute: ['at'],
    attributeProto: [{ name: 'turn', type: A.INTS, ints: [1n, 0n] }],
    node: [
      referring(node('Flatten', ['a'], ['f']), 'axis', A.INT, 'at'),
      referring(node('Transpose', ['f'], ['b']), 'perm', A.INTS, 'turn'),
    ],
    opsetImport: [{ domain: '', version: 17n }],
  };
  const graph = (...nodes: Node[]) => ({
    input: [value('x', T.FLOAT, 'n', 3, 8)],
    node: nodes,
    output: names('y'),
  });

  it('take attributes from the call, or their own', () => {
    const frame = inferTypes(
      modelWith(
        [flatten],
        graph(
          call('Flat', ['x'], ['m'], { at: 1 }),
          call('Flat', ['x'], ['y'], { at: 2, turn: [0, 1] }),
        ),
      ),
    );
    expect(textOf(frame, 'm')).toBe('float32[24,n]');
    expect(textOf(frame, 'y')).toBe('float32[3*n,8]');
  });

  it('have a frame for each call, which sees nothing outside', () => {
    const frame = inferTypes(modelWith([flatten], graph(call('Flat', ['x'], ['y'], { at: 1 }))));
    const [[body] = []] = frame.bodies.values();
    expect(body?.label).toBe('Flat');
    expect(body?.outer).toBeNull();
    expect(body && textOf(body, 'f')).toBe('float32[n,24]');
  });

  it('hand attributes on to functions that they call', () => {
    const outer = {
      ...flatten,
      name: 'Outer',
      attribute: ['depth'],
      attributeProto: [],
      node: [referring(call('Flat', ['a'], ['b']), 'at', A.INT, 'depth')],
      opsetImport,
    };
    const frame = inferTypes(
      modelWith([outer, flatten], graph(call('Outer', ['x'], ['y'], { depth: 2 }))),
    );
    expect(textOf(frame, 'y')).toBe('float32[8,3*n]');
  });

  it('do not call themselves', () => {
    const calling = (name: string, callee: string) => ({
      ...flatten,
      name,
      node: [call(callee, ['a'], ['b'])],
      opsetImport,
    });
    const functions = [calling('Ping', 'Pong'), calling('Pong', 'Ping')];
    const frame = inferTypes(modelWith(functions, graph(call('Ping', ['x'], ['y']))));
    const [[ping] = []] = frame.bodies.values();
    const [[pong] = []] = ping?.bodies.values() ?? [];
    expect(pong && problemsOf(pong)).toEqual(['The function Ping calls itself.']);
    expect(problemsOf(frame)).toEqual(['The type of "y" could not be inferred.']);
  });

  it('do not take what was observed of a tensor outside', () => {
    const odd = { ...flatten, name: 'Odd', node: [node('Strange', ['a'], ['b'])] };
    const observed = new Map([['b', { elem: T.FLOAT, shape: [1] }]]);
    const model = modelWith([odd], graph(call('Odd', ['x'], ['y'])));
    const [[body] = []] = inferTypes(model, { observed }).bodies.values();
    expect(body?.types.has('b')).toBe(false);
  });
});

describe('bodies', () => {
  const captured = {
    node: [node('MatMul', ['s', 'w'], ['t'])],
    output: names('t'),
  };
  const asIs = { output: names('s'), node: [] };
  const body = {
    input: [value('i', T.INT64), value('go', T.BOOL), { name: 's' }],
    node: [node('If', ['flag'], ['s2'], { then_branch: captured, else_branch: asIs })],
    output: names('go', 's2'),
  };
  const graph: Graph = {
    input: [value('x', T.FLOAT, 'n', 8), value('w', T.FLOAT, 8, 8), value('flag', T.BOOL)],
    initializer: [integers('m', [3], [])],
    node: [node('Loop', ['m', '', 'x'], ['y'], { body })],
    output: names('y'),
  };

  it('capture names of all graphs around them', () => {
    const frame = inferTypes(modelOf(graph));
    expect(textOf(frame, 'y')).toBe('float32[n,8]');
    const [[loop] = []] = frame.bodies.values();
    const branches = [...(loop?.bodies.values() ?? [])].flat();
    expect(branches.map(({ label }) => label)).toEqual(['then_branch', 'else_branch']);
    expect(branches.map((branch) => textOf(branch, 't'))).toEqual(['float32[n,8]', null]);
    expect(branches[0]?.outer).toBe(loop);
  });

  it('capture inputs of which nothing is known', () => {
    const inner = { node: [node('Relu', ['untyped'], ['t'])], output: names('t') };
    const frame = inferTypes(
      modelOf({
        input: [{ name: 'untyped' }, value('flag', T.BOOL)],
        node: [node('If', ['flag'], ['y'], { then_branch: inner, else_branch: inner })],
        output: names('y'),
      }),
    );
    expect(problemsOf(frame)).toEqual(['The type of "y" could not be inferred.']);
  });

  it('are many in a long graph', () => {
    const count = 5000;
    const nodes = Array.from({ length: count }, (_, i) => {
      const [from, to] = [i === 0 ? 'x' : `v${i - 1}`, `v${i}`];
      const relu = (name: string) => ({
        node: [node('Relu', [from], [name])],
        output: names(name),
      });
      return i % 25 === 0
        ? node('If', ['flag'], [to], { then_branch: relu(`t${i}`), else_branch: relu(`e${i}`) })
        : node('Relu', [from], [to]);
    });
    const model = modelOf({
      input: [value('x', T.FLOAT, 'n', 8), value('flag', T.BOOL)],
      node: nodes,
      output: names(`v${count - 1}`),
    });
    const start = performance.now();
    const frame = inferTypes(model);
    expect(textOf(frame, `v${count - 1}`)).toBe('float32[n,8]');
    expect(frame.bodies.size).toBe(200);
    // About 0.1 s; the limit only tells when bodies begin to cost what the whole graph costs.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('sizes', () => {
  const graph: Graph = {
    input: [value('x', T.FLOAT, 'n', '', 8), value('y', T.FLOAT, -1, 'n')],
    node: [node('Identity', ['x'], ['a']), node('Identity', ['y'], ['b'])],
    output: names('a', 'b'),
  };

  it('keep their names, those without one the name of their place', () => {
    const frame = inferTypes(modelOf(graph));
    expect(textOf(frame, 'a')).toBe('float32[n,x[1],8]');
    expect(textOf(frame, 'b')).toBe('float32[y[0],n]');
  });

  it('are given by name or place', () => {
    const frame = inferTypes(modelOf(graph), { sizes: { n: 2, 'x[1]': 5, 'y[0]': 7 } });
    expect(textOf(frame, 'a')).toBe('float32[2,5,8]');
    expect(textOf(frame, 'b')).toBe('float32[7,2]');
  });
});

describe('gaps', () => {
  const graph: Graph = {
    input: [value('x', T.FLOAT, 'n', 8)],
    node: [node('NonZero', ['x'], ['a']), node('Strange', ['a'], ['b'])],
    output: names('a', 'b'),
  };

  it('are named with their reason', () => {
    expect(problemsOf(inferTypes(modelOf(graph)))).toEqual([
      'There is no rule for the operator Strange.',
    ]);
  });

  it('are filled from what was observed', () => {
    const observed = new Map([
      ['a', { elem: T.INT64, shape: [2, 40] }],
      ['b', { elem: T.FLOAT, shape: [40] }],
    ]);
    const frame = inferTypes(modelOf(graph), { observed });
    expect(textOf(frame, 'a')).toBe('int64[2,40]');
    expect(textOf(frame, 'b')).toBe('float32[40]');
    expect(problemsOf(frame)).toEqual([]);
  });

  it('are filled from what the file declares', () => {
    const frame = inferTypes(modelOf({ ...graph, valueInfo: [value('b', T.FLOAT, 'm')] }));
    expect(textOf(frame, 'b')).toBe('float32[m]');
  });

  it('are left where inputs contradict each other', () => {
    const frame = inferTypes(
      modelOf({
        ...graph,
        node: [node('Concat', ['x', 'x'], ['a'], { axis: 0 }), node('MatMul', ['a', 'x'], ['b'])],
        input: [value('x', T.FLOAT, 4, 8)],
      }),
    );
    expect(problemsOf(frame)).toEqual([
      'The inner sizes of [8,8] and [4,8] must be equal: 8 and 4.',
    ]);
    expect(textOf(frame, 'b')).toBeNull();
  });
});
