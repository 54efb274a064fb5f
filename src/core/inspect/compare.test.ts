import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelOf, node, value } from '../onnx/build.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { readModel } from '../onnx/read.ts';
import { compareModels } from './compare.ts';
import { inspect } from './inspect.ts';

const shipped = (name: string) => {
  const bytes = readFileSync(new URL(`../../../public/models/${name}.onnx`, import.meta.url));
  return inspect(readModel(bytes, name), name, bytes.length);
};

/** A chain of operators over x; names of tensors start with a prefix. */
const chain = (prefix: string, ...operators: string[]) => {
  const nodes = operators.map((operator, i) => ({
    ...node(operator, [i === 0 ? 'x' : `${prefix}${i - 1}`], [`${prefix}${i}`]),
    name: '',
  }));
  const graph = { input: [value('x', T.FLOAT, 2)], node: nodes };
  return inspect(modelOf(graph), 'chain', 1);
};
const lines = (...models: Parameters<typeof compareModels>) =>
  compareModels(...models).nodes.map(({ a, b }) => `${a?.operator ?? '-'} ${b?.operator ?? '-'}`);

describe('compareModels', () => {
  it('finds a model equal to itself', () => {
    const model = shipped('digits-fp32');
    const { same, changed, onlyA, onlyB } = compareModels(model, model);
    expect({ same, changed, onlyA, onlyB }).toEqual({
      same: model.nodes.length,
      changed: 0,
      onlyA: 0,
      onlyB: 0,
    });
  });

  it('sees through quantization: each node again, with Q and DQ around it', () => {
    const { nodes, onlyA } = compareModels(shipped('digits-fp32'), shipped('digits-int8'));
    const added = nodes.filter(({ a }) => a === null).map(({ b }) => b?.operator);
    expect(new Set(added)).toEqual(new Set(['QuantizeLinear', 'DequantizeLinear']));
    const lost = nodes.filter(({ b }) => b === null).map(({ a }) => a?.operator);
    expect(lost.length).toBe(onlyA);
    // Folded into the range of the quantized tensor.
    expect(lost.every((operator) => operator === 'Relu')).toBe(true);
  });

  it('pairs by operators in order where all names differ', () => {
    expect(lines(chain('a', 'Relu', 'Exp', 'Neg'), chain('b', 'Relu', 'Neg', 'Abs'))).toEqual([
      'Relu Relu',
      'Exp -',
      'Neg Neg',
      '- Abs',
    ]);
  });

  it('puts nodes of the second model where they stand in it', () => {
    expect(lines(chain('a', 'Relu', 'Neg'), chain('b', 'Relu', 'Exp', 'Neg'))).toEqual([
      'Relu Relu',
      '- Exp',
      'Neg Neg',
    ]);
  });

  it('says what differs, with both values', () => {
    const at = (size: number) =>
      inspect(
        modelOf({
          input: [value('x', T.FLOAT, 2, size)],
          node: [node('Softmax', ['x'], ['y'], { axis: size === 3 ? 0 : 1 })],
        }),
        'one',
        1,
      );
    expect(compareModels(at(3), at(4)).nodes[0]?.differences).toEqual([
      'output float32[2,3] → float32[2,4]',
      'axis 0 → 1',
      'bytes read 24 → 32',
      'bytes written 24 → 32',
    ]);
  });
});
