import { expect, it } from 'vitest';
import type { InspectedNode } from '../inspection.ts';
import { countedHow } from './counted.ts';

const port = (name: string, shape: number[]) => ({
  name,
  type: { elem: 1, shape },
  constant: false,
});
const node = (operator: string, macs: number, flops: number): InspectedNode => ({
  id: 0,
  name: '',
  operator,
  domain: '',
  within: [],
  body: '',
  inputs: [port('x', [2, 50])],
  outputs: [port('y', [2, 10])],
  attributes: [],
  cost: { macs, flops, read: 0, written: 0 },
  parameters: 0,
  folded: false,
  live: 0,
  problem: null,
});

it.each([
  ['Gemm', 1000, 2020, 'M × N × K', '2 × MACs + |Y|'],
  ['QLinearConv', 540, 1080, '|Y| × Cin/group × kernel', '2 × MACs'],
  ['ConvTranspose', 540, 1080, '|X| × Cout/group × kernel', '2 × MACs'],
  ['MatMulInteger', 540, 1080, '|Y| × K, the length of each dot product', '2 × MACs'],
  ['Softmax', 0, 260, '', '13 × |Y|'],
  ['ReduceMean', 0, 100, '', '|X|'],
  ['Concat', 0, 0, '', 'it only moves values'],
  ['Reshape', 0, 0, '', ''],
])('%s is told as it was counted', (operator, macs, flops, macsHow, flopsHow) => {
  const { macs: m, flops: f } = countedHow(node(operator, macs, flops), false);
  expect([m, f]).toEqual([macsHow, flopsHow]);
});

it('says what costs nothing, and what stands for its bodies', () => {
  expect(countedHow({ ...node('Add', 0, 0), folded: true }, false).flops).toMatch(/loaded/);
  expect(countedHow({ ...node('Add', 0, 0), cost: null }, false).flops).toBe('');
  expect(countedHow(node('Loop', 5, 10), true).macs).toMatch(/iterations/);
});
