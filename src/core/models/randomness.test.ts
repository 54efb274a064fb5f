import { expect, it } from 'vitest';
import {
  floats,
  modelOf,
  type NodeInit,
  node,
  stored,
  type TensorInit,
  value,
} from '../onnx/build.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { randomNode } from './randomness.ts';

const bool = (name: string, given: boolean) =>
  stored(name, T.BOOL, [], Uint8Array.of(given ? 1 : 0).buffer);
const graph = (
  nodes: NodeInit[],
  initializer: TensorInit[] = [],
  input = [value('x', T.FLOAT, 4)],
) => modelOf({ input, node: nodes, initializer, output: [value('y', T.FLOAT, 4)] });
const found = (...parts: Parameters<typeof graph>) => randomNode(graph(...parts))?.operator ?? null;

it.each([
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
  'Multinomial',
  'Bernoulli',
])('%s draws, whatever its seed', (operator) => {
  const draws = node(operator, ['x'], ['y'], { seed: 1 });
  expect(randomNode(graph([draws]))).toEqual({ operator, node: `${operator}_y` });
  expect(randomNode(graph([{ ...draws, name: '' }]))?.node).toBe('y');
});

it('finds nothing in what only computes, nor in another domain’s operator of the same name', () => {
  expect(found([node('Relu', ['x'], ['y'])])).toBeNull();
  expect(found([{ ...node('Bernoulli', ['x'], ['y']), domain: 'my.own' }])).toBeNull();
});

it('takes Dropout for random only where it may be training', () => {
  const dropout = (mode: string) => node('Dropout', ['x', '', mode].slice(0, mode ? 3 : 1), ['y']);
  expect(found([dropout('')])).toBeNull();
  expect(found([dropout('t')], [bool('t', false)])).toBeNull();
  expect(found([dropout('t')], [bool('t', true)])).toBe('Dropout');
  const constant = (given: boolean) => node('Constant', [], ['t'], { value: bool('', given) });
  expect(found([constant(false), dropout('t')])).toBeNull();
  expect(found([constant(true), dropout('t')])).toBe('Dropout');
  const asked = [value('x', T.FLOAT, 4), value('t', T.BOOL)];
  expect(found([dropout('t')], [], asked)).toBe('Dropout');
});

it('looks into branches and functions', () => {
  const branch = (operator: string) => ({
    name: 'b',
    node: [node(operator, ['x'], ['z'])],
    output: [value('z', T.FLOAT, 4)],
  });
  const either = node('If', ['c'], ['y'], {
    then_branch: branch('Relu'),
    else_branch: branch('Bernoulli'),
  });
  expect(found([either], [floats('c', [])])).toBe('Bernoulli');
  const body = { name: 'f', domain: 'l', node: [node('RandomUniform', [], ['z'])] };
  expect(randomNode(modelOf({ name: 'g' }, { functions: [body] }))?.operator).toBe('RandomUniform');
});
