import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, value } from '../onnx/build.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { inspect } from './inspect.ts';
import { doubts, operatorShares, quantizedNote, summarySentences } from './sentence.ts';

const x = value('x', T.FLOAT, 1, 4);
const product = inspect(
  modelOf({
    input: [x],
    node: [node('MatMul', ['x', 'w'], ['p']), node('Relu', ['p'], ['y'])],
    output: [value('y', T.FLOAT, 1, 3)],
    initializer: [floats('w', [4, 3])],
  }),
  'product',
  1,
);

it('a summary says work, what does most of it, parameters and memory', () => {
  expect(summarySentences(product)).toEqual([
    'One inference takes 12 multiply-accumulates; 1 MatMul node of 2 does 88.9% of the arithmetic.',
    'It has 12 parameters, and its stored values take 48 B; at most 28 B of activations are live at once.',
  ]);
  expect(doubts(product)).toEqual([]);
  expect(quantizedNote(product)).toBeNull();
});

describe('what cannot be told', () => {
  const open = inspect(
    modelOf({ input: [x], node: [node('NonZero', ['x'], ['p']), node('Mystery', ['p'], ['y'])] }),
    'open',
    1,
  );

  it('makes the total a least one, with the reasons', () => {
    expect(summarySentences(open)[0]).toContain('at least: the cost of 2 nodes is not known');
    expect(doubts(open)).toEqual([
      'The size of 2 of 2 tensors is not known before a run.',
      expect.stringContaining('not known before a run'),
      'There is no rule for the operator Mystery.',
    ]);
  });
});

it('shares are by operator, the most operations first', () => {
  expect(operatorShares(product).map(({ operator, flops }) => [operator, flops])).toEqual([
    ['MatMul', 24],
    ['Relu', 3],
  ]);
});
