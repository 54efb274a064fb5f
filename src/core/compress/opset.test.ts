import { describe, expect, it } from 'vitest';
import { floats, type GraphInit, modelOf, type NodeInit, node, value } from '../onnx/build.ts';
import { opsetsOf } from '../onnx/graph.ts';
import { type ModelProto, TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { importDomain, raiseFormat, raiseOpset } from './opset.ts';

const opset = (version: number) => ({ opsetImport: [{ domain: '', version: BigInt(version) }] });

const model = (version: number, ...nodes: NodeInit[]): ModelProto =>
  modelOf(
    { input: [value('x', T.FLOAT, 2, 3, 4)], output: [value('y', T.FLOAT)], node: nodes },
    opset(version),
  );

const names = (raised: ModelProto) => raised.graph?.node.map(({ opType }) => opType);

describe('raising an operator set', () => {
  it.each<[string, number, number, NodeInit]>([
    [
      'GroupNormalization',
      18,
      21,
      node('GroupNormalization', ['x', 'x', 'x'], ['y'], { num_groups: 1 }),
    ],
    [
      'BatchNormalization',
      7,
      11,
      node('BatchNormalization', ['x', 'x', 'x', 'x', 'x'], ['y'], { spatial: 0 }),
    ],
    ['Scan', 8, 11, node('Scan', ['x'], ['y'])],
    [
      'Resize',
      11,
      13,
      node('Resize', ['x', '', 'x'], ['y'], {
        coordinate_transformation_mode: 'tf_half_pixel_for_nn',
      }),
    ],
  ])('is refused for a %s that means something else, by name', (name, from, to, refused) => {
    const given = model(from, node('Dropout', ['x'], ['d']), refused);
    expect(() => raiseOpset(given, to)).toThrow(
      expect.objectContaining({ name: 'CompressError', message: expect.stringContaining(name) }),
    );
    expect(opsetsOf(given).get('')).toBe(from);
  });

  it('leaves newer ones alone', () => {
    const given = model(17, node('Relu', ['x'], ['y']));
    raiseOpset(given, 13);
    expect(opsetsOf(given).get('')).toBe(17);
    expect(given.irVersion).toBe(8n);
  });

  it('raises the version of the format with it', () => {
    const given = model(13, node('Relu', ['x'], ['y']));
    raiseOpset(given, 21);
    expect(opsetsOf(given).get('')).toBe(21);
    expect(given.irVersion).toBe(10n);
  });

  it('takes nodes in subgraphs along, where each stays one node', () => {
    const branch = (inner: NodeInit): GraphInit => ({
      output: [value('i', T.FLOAT)],
      node: [inner],
    });
    const given = (inner: NodeInit) =>
      model(
        11,
        node('If', ['x'], ['y'], { then_branch: branch(inner), else_branch: branch(inner) }),
      );
    const squeezing = given(node('Squeeze', ['x'], ['i'], { axes: [0] }));
    raiseOpset(squeezing, 13);
    const inner = squeezing.graph?.node[0]?.attribute.map(({ g }) => g?.node[0]?.input.length);
    expect(inner).toEqual([2, 2]);
    expect(() => raiseOpset(given(node('Softmax', ['x'], ['i'])), 13)).toThrow('Softmax');
  });

  it('lets a Softmax of the last axis be one node', () => {
    const last = model(11, node('Softmax', ['x'], ['y'], { axis: 2 }));
    raiseOpset(last, 13);
    expect(names(last)).toEqual(['Softmax']);
    const wide = model(11, node('Softmax', ['x'], ['y']));
    raiseOpset(wide, 13);
    expect(names(wide)?.sort()).toEqual(['Flatten', 'Reshape', 'Shape', 'Softmax']);
  });
});

it('weights are listed as inputs no more once the format lets them be', () => {
  const given = modelOf(
    {
      input: [value('x', T.FLOAT, 2), value('w', T.FLOAT, 2)],
      output: [value('y', T.FLOAT, 2)],
      initializer: [floats('w', [2])],
      node: [node('Add', ['x', 'w'], ['y'])],
    },
    { irVersion: 3n },
  );
  raiseFormat(given, 4n);
  expect(given.graph?.input.map(({ name }) => name)).toEqual(['x']);
});

it('a domain is declared once', () => {
  const given = model(17, node('Relu', ['x'], ['y']));
  importDomain(given, 'com.microsoft', 1);
  importDomain(given, 'com.microsoft', 1);
  expect(given.opsetImport.map(({ domain }) => domain)).toEqual(['', 'com.microsoft']);
});
