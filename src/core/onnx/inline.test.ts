import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { inferTypes } from '../inspect/shapes/infer.ts';
import { typeText } from '../inspect/shapes/types.ts';
import { floats, type GraphInit, modelOf, type NodeInit, node, value } from './build.ts';
import { inlineFunctions } from './inline.ts';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type FunctionProto,
  FunctionProtoSchema,
  type ModelProto,
  NodeProtoSchema,
  TensorProto_DataType as T,
} from './onnx_pb.ts';

const opsetImport = [
  { domain: '', version: 17n },
  { domain: 'own', version: 1n },
];

const call = (...given: Parameters<typeof node>): NodeInit => ({
  ...node(...given),
  domain: 'own',
});

const functionOf = (
  name: string,
  input: string[],
  output: string[],
  nodes: readonly NodeInit[],
  more: Partial<FunctionProto> = {},
): FunctionProto =>
  create(FunctionProtoSchema, {
    name,
    domain: 'own',
    input,
    output,
    node: nodes,
    opsetImport: [{ domain: '', version: 17n }],
    ...more,
  } as Parameters<typeof create<typeof FunctionProtoSchema>>[1]);

const X = value('x', T.FLOAT, 2, 4);

/** Inlines a model of one input, and types what comes out. */
function inlined(graph: Partial<GraphInit>, functions: FunctionProto[]) {
  const model = modelOf(
    { input: [X], output: [value('y', T.FLOAT, 2, 4)], ...graph } as GraphInit,
    { functions, opsetImport },
  );
  const calls = inlineFunctions(model);
  const types = inferTypes(model);
  const type = types.types.get('y');
  return { model, calls, nodes: nodesOf(model), type: type && typeText(type) };
}

const nodesOf = (model: ModelProto) =>
  model.graph?.node.map(({ opType, input, output }) =>
    [opType, ...input, '→', ...output].join(' '),
  );

const twice = functionOf(
  'Twice',
  ['a'],
  ['c'],
  [node('Relu', ['a'], ['b']), node('Neg', ['b'], ['c'])],
);

describe('inlineFunctions', () => {
  it('gives every call tensors of its own and keeps what it makes', () => {
    const { nodes, calls, model, type } = inlined(
      { node: [call('Twice', ['x'], ['b']), call('Twice', ['b'], ['y'])] },
      [twice],
    );
    expect(nodes).toEqual([
      'Relu x → Twice_b/b',
      'Neg Twice_b/b → b',
      'Relu b → Twice_y/b',
      'Neg Twice_y/b → y',
    ]);
    expect([calls, model.functions.length, type]).toEqual([2, 0, 'float32[2,4]']);
    const names = model.graph?.node.map(({ name }) => name) ?? [];
    expect(new Set(names).size).toBe(names.length);
  });

  it('follows functions that call functions', () => {
    const outer = functionOf('Outer', ['p'], ['q'], [call('Twice', ['p'], ['q'])]);
    const { nodes, calls } = inlined({ node: [call('Outer', ['x'], ['y'])] }, [outer, twice]);
    expect(calls).toBe(2);
    expect(nodes?.map((each) => each.split(' ')[0])).toEqual(['Relu', 'Neg']);
  });

  it('hands inputs through, and leaves out what was not given', () => {
    const through = functionOf(
      'Through',
      ['a', 'low'],
      ['a', 'c'],
      [node('Clip', ['a', 'low'], ['c'])],
    );
    const { nodes } = inlined(
      { node: [call('Through', ['x'], ['z', 'y']), node('Neg', ['z'], ['n'])] },
      [through],
    );
    expect(nodes).toEqual(['Clip x  → y', 'Identity x → z', 'Neg z → n']);
  });

  it('puts attributes in, by the call or by default', () => {
    const refers = (name: string) =>
      create(NodeProtoSchema, {
        ...node('Concat', ['a', 'a'], ['c']),
        attribute: [create(AttributeProtoSchema, { name: 'axis', type: A.INT, refAttrName: name })],
      } as Parameters<typeof create<typeof NodeProtoSchema>>[1]);
    const body = () =>
      functionOf('Joins', ['a'], ['c'], [refers('along')], {
        attributeProto: [create(AttributeProtoSchema, { name: 'along', type: A.INT, i: 1n })],
      });
    const fallback = inlined({ node: [call('Joins', ['x'], ['y'])], output: [] }, [body()]);
    expect(fallback.type).toBe('float32[2,8]');
    const given = inlined({ node: [call('Joins', ['x'], ['y'], { along: 0 })], output: [] }, [
      body(),
    ]);
    expect(given.type).toBe('float32[4,4]');
  });

  it('renames inside of branches', () => {
    const branch = (opType: string): GraphInit => ({
      name: opType,
      output: [value('o', T.FLOAT, 2, 4)],
      initializer: [floats('w', [4])],
      node: [node(opType, ['a'], ['x']), node('Add', ['x', 'w'], ['o'])],
    });
    const chooses = functionOf(
      'Chooses',
      ['a', 'c'],
      ['r'],
      [node('If', ['c'], ['r'], { then_branch: branch('Neg'), else_branch: branch('Abs') })],
    );
    const { model, type } = inlined(
      {
        input: [X, value('c', T.BOOL)],
        node: [node('Relu', ['x'], ['z']), call('Chooses', ['z', 'c'], ['y'])],
      },
      [chooses],
    );
    expect(type).toBe('float32[2,4]');
    const then = model.graph?.node[1]?.attribute[0]?.g;
    expect(then?.node[0]?.input).toEqual(['z']);
    expect(then?.node[0]?.output).not.toEqual(['x']);
    expect(then?.output[0]?.name).toBe(then?.node[1]?.output[0]);
  });

  it('leaves functions of another operator set, and those that call themselves', () => {
    const old = functionOf('Old', ['a'], ['b'], [node('Relu', ['a'], ['b'])], {
      opsetImport: [{ domain: '', version: 9n }] as never,
    });
    expect(inlined({ node: [call('Old', ['x'], ['y'])] }, [old]).calls).toBe(0);
    const endless = functionOf('Endless', ['a'], ['b'], [call('Endless', ['a'], ['b'])]);
    expect(
      inlined({ node: [call('Endless', ['x'], ['y'])] }, [endless]).model.functions,
    ).toHaveLength(1);
  });
});
