import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, stored, value } from '../../onnx/build.ts';
import { indexGraph } from '../../onnx/graph.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { tensorBytes, tensorNumbers } from '../../onnx/tensors.ts';
import { guardKept } from './guard.ts';

const codes = (name: string, code: number) => stored(name, T.UINT8, [], Uint8Array.of(code).buffer);

/** Q, DQ, what is given, Q, DQ. */
const between = (
  dims: readonly number[],
  inside: ReturnType<typeof node>[],
  weights: ReturnType<typeof floats>[],
): ModelProto =>
  modelOf({
    input: [value('x', T.FLOAT, ...dims)],
    output: [value('z', T.FLOAT)],
    initializer: [floats('s', [], [0.5]), codes('p', 128), ...weights],
    node: [
      node('QuantizeLinear', ['x', 's', 'p'], ['q']),
      node('DequantizeLinear', ['q', 's', 'p'], ['d']),
      ...inside,
      node('QuantizeLinear', ['y', 's', 'p'], ['r']),
      node('DequantizeLinear', ['r', 's', 'p'], ['z']),
    ],
  });

const made = (model: ModelProto, name: string) =>
  model.graph?.node.find(({ output }) => output.includes(name));

const initializer = (model: ModelProto, name = '') => {
  const found = model.graph?.initializer.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('guardKept', () => {
  it('lets a convolution read the same codes at as many like scales as it has channels', () => {
    const model = between(
      [1, 4, 6, 6],
      [node('Conv', ['d', 'w'], ['y'], { group: 2 })],
      [floats('w', [4, 2, 1, 1])],
    );
    expect(guardKept(model)).toEqual(['y']);
    const reader = made(model, made(model, 'y')?.input[0] ?? '');
    expect(reader?.opType).toBe('DequantizeLinear');
    expect(reader?.input[0]).toBe('q');
    expect(reader?.attribute.map(({ name, i }) => [name, i])).toEqual([['axis', 1n]]);
    const scales = initializer(model, reader?.input[1]);
    expect([scales.dims, [...tensorNumbers(scales)]]).toEqual([[4n], [0.5, 0.5, 0.5, 0.5]]);
    expect([...tensorBytes(initializer(model, reader?.input[2]))]).toEqual([128, 128, 128, 128]);
    expect(made(model, 'd')).toBeUndefined();
    expect(() => indexGraph(model.graph as NonNullable<typeof model.graph>)).not.toThrow();
  });

  it('shares the scales among convolutions and leaves other readers theirs', () => {
    const model = between(
      [1, 3, 6, 6],
      [
        node('Conv', ['d', 'w'], ['a']),
        node('Conv', ['d', 'w'], ['b']),
        node('Sigmoid', ['d'], ['c']),
        node('Sum', ['a', 'b', 'c'], ['y']),
      ],
      [floats('w', [3, 3, 1, 1])],
    );
    expect(guardKept(model)).toEqual(['a', 'b']);
    expect(made(model, 'a')?.input[0]).toBe(made(model, 'b')?.input[0]);
    expect(made(model, 'c')?.input).toEqual(['d']);
  });

  it('takes rows where there is one channel, and gives up where nothing is known', () => {
    const conv = () => [node('Conv', ['d', 'w'], ['y'])];
    const known = between([1, 1, 5, 6], conv(), [floats('w', [4, 1, 1, 1])]);
    expect(guardKept(known)).toEqual(['y']);
    const reader = made(known, made(known, 'y')?.input[0] ?? '');
    expect(reader?.attribute[0]?.i).toBe(2n);
    expect(initializer(known, reader?.input[1]).dims).toEqual([5n]);
    const unknown = between([], conv(), [floats('w', [4, 1, 1, 1])]);
    expect(guardKept(unknown)).toEqual([]);
  });

  it('counts the channels of a transposed convolution', () => {
    const model = between(
      [1, 4, 6, 6],
      [node('ConvTranspose', ['d', 'w'], ['y'], { group: 2 })],
      [floats('w', [4, 5, 2, 2])],
    );
    expect(guardKept(model)).toEqual(['y']);
    const reader = made(model, made(model, 'y')?.input[0] ?? '');
    expect(initializer(model, reader?.input[1]).dims).toEqual([4n]);
  });

  it.each<[string, string[], number, bigint[]]>([
    ['a bias', ['d', 'w', 'b'], 0, [1n, 3n]],
    ['no bias', ['d', 'w'], 0, [1n, 3n]],
    ['transposed weights and no bias', ['d', 'w'], 1, [1n, 2n]],
  ])('gives a Gemm with %s a row to add', (_, input, transB, row) => {
    const model = between(
      [4, transB ? 3 : 2],
      [node('Gemm', input, ['y'], { transB })],
      [floats('w', [2, 3]), floats('b', [3], [1, 2, 3])],
    );
    expect(guardKept(model)).toEqual(['y']);
    const bias = initializer(model, made(model, 'y')?.input[2]);
    expect(bias.dims).toEqual(row);
    expect([...tensorNumbers(bias)]).toEqual(
      input[2] ? [1, 2, 3] : row[1] === 3n ? [0, 0, 0] : [0, 0],
    );
  });

  it.each([
    ['sum', 'b'],
    ['b', 'sum'],
  ])('gives a MatMul a row to add: Add(%s, %s)', (...input) => {
    const model = between(
      [1, 4, 2],
      [node('MatMul', ['d', 'w'], ['sum']), node('Add', input, ['y'])],
      [floats('w', [2, 3]), floats('b', [3], [1, 2, 3])],
    );
    expect(guardKept(model)).toEqual(['sum']);
    const row = made(model, 'y')?.input[input.indexOf('b')];
    expect(initializer(model, row).dims).toEqual([1n, 3n]);
    // Nothing reads the old one.
    expect(model.graph?.initializer.some(({ name }) => name === 'b')).toBe(false);
  });

  it('leaves the shape of a vector alone', () => {
    const model = between(
      [2],
      [node('MatMul', ['d', 'w'], ['sum']), node('Add', ['sum', 'b'], ['y'])],
      [floats('w', [2, 3]), floats('b', [3])],
    );
    expect(guardKept(model)).toEqual([]);
  });

  it('leaves alone what is quantized, and what reads float', () => {
    const quantized = between(
      [1, 4, 6, 6],
      [node('DequantizeLinear', ['w', 's'], ['v']), node('Conv', ['d', 'v'], ['y'])],
      [stored('w', T.INT8, [4, 4, 1, 1], new ArrayBuffer(16))],
    );
    expect(guardKept(quantized)).toEqual([]);
    const float = between(
      [1, 4, 6, 6],
      [node('Tanh', ['d'], ['t']), node('Conv', ['t', 'w'], ['y'])],
      [floats('w', [4, 4, 1, 1])],
    );
    expect(guardKept(float)).toEqual([]);
  });
});
