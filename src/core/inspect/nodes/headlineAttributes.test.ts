import { expect, it } from 'vitest';
import { headlineAttributes } from './headlineAttributes.ts';

const told = (operator: string, attributes: Record<string, string>) =>
  headlineAttributes({ operator, attributes: Object.entries(attributes), inputs: [] }).join(', ');

it.each([
  [
    'Conv',
    { kernel_shape: '[3, 3]', pads: '[1, 1, 1, 1]', strides: '[2, 2]', group: '32' },
    '3×3, stride 2, group 32',
  ],
  ['Conv', { group: '1', strides: '[1, 1]', dilations: '[1, 1]', kernel_shape: '[1, 1]' }, '1×1'],
  ['MaxPool', { kernel_shape: '[3, 2]', strides: '[2, 1]' }, '3×2, stride 2×1'],
  ['Conv', { kernel_shape: '[5]', dilations: '[4]' }, '5, dilation 4'],
  ['Softmax', { axis: '-1' }, 'axis -1'],
  ['ReduceMean', { axes: '[2, 3]', keepdims: '1' }, 'axes 2, 3'],
  ['Transpose', { perm: '[0, 2, 1]' }, '0, 2, 1'],
  ['Cast', { to: '10' }, 'to float16'],
  ['Gemm', { alpha: '1.00', transA: '0', transB: '1' }, 'B transposed'],
  ['LSTM', { hidden_size: '128', direction: '"bidirectional"' }, 'hidden 128, bidirectional'],
  ['GRU', { hidden_size: '64', direction: '"forward"' }, 'hidden 64'],
  ['Resize', { mode: '"linear"' }, 'linear'],
  ['Einsum', { equation: '"bij,bjk->bik"' }, 'bij,bjk->bik'],
  ['LeakyRelu', { alpha: '0.100' }, 'alpha 0.100'],
  ['Relu', {}, ''],
])('%s with %o is told as "%s"', (operator, attributes, expected) => {
  expect(told(operator, attributes as Record<string, string>)).toBe(expected);
});

it('takes the size of a kernel from its weight where no attribute says it', () => {
  const port = (name: string, shape: number[]) => ({
    name,
    type: { elem: 1, shape },
    constant: true,
  });
  const inputs = [port('x', [1, 3, 32, 32]), port('w', [8, 3, 5, 5])];
  expect(headlineAttributes({ operator: 'Conv', attributes: [], inputs })).toEqual(['5×5']);
});
