import { describe, expect, it } from 'vitest';
import { indexGraph } from '../../onnx/graph.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { readModel } from '../../onnx/read.ts';
import { tensorBytes, tensorNumbers } from '../../onnx/tensors.ts';
import { concat } from '../../onnx/write.ts';
import { memoryProbe, type Probe, type ProbePrecision, productProbe } from './probes.ts';

function graphOf(probe: Probe) {
  const { graph } = readModel(concat(probe.parts()), 'probe');
  if (!graph) throw new Error('no graph');
  return graph;
}
const operators = (probe: Probe) => graphOf(probe).node.map(({ opType }) => opType);

const PRECISIONS: ProbePrecision[] = ['fp32', 'fp16', 'int8'];

describe('productProbe', () => {
  it('counts two operations for a multiplication and an addition', () => {
    expect(productProbe('fp32', 512, 4).work).toBe(2 * 512 ** 3 * 4);
    expect(productProbe('int8', 1024, 1).work).toBe(2_147_483_648);
  });

  it.each(PRECISIONS)('is a chain of %s products from one number to one number', (precision) => {
    const probe = productProbe(precision, 32, 3);
    const product = precision === 'int8' ? 'QLinearMatMul' : 'MatMul';
    expect(operators(probe)).toEqual(['Expand', product, product, product, 'Slice']);
    const { order, inputs, graph } = indexGraph(graphOf(probe));
    expect(order.map(({ name }) => name)).toEqual(graph.node.map(({ name }) => name));
    expect(inputs.map(({ name }) => name)).toEqual(['x']);
    for (const tensor of graph.initializer) expect(() => tensorBytes(tensor)).not.toThrow();
    const [feed] = probe.feeds.inputs;
    expect(feed).toMatchObject({ name: 'x', dims: [1, 1] });
    expect(feed?.data).toHaveLength(1);
  });

  it.each([
    ['fp32', T.FLOAT],
    ['fp16', T.FLOAT16],
    ['int8', T.INT8],
  ] as const)('multiplies by a constant %s matrix', (precision, elem) => {
    const b = graphOf(productProbe(precision, 64, 1)).initializer.find(({ name }) => name === 'b');
    if (!b) throw new Error('no matrix');
    expect([b.dataType, b.dims]).toEqual([elem, [64n, 64n]]);
    const values = [...tensorNumbers(b)];
    const negative = values.filter((value) => value < 0).length / values.length;
    expect(negative).toBeGreaterThan(0.45);
    expect(negative).toBeLessThan(0.55);
    if (precision !== 'int8') expect(new Set(values.map(Math.abs))).toEqual(new Set([1 / 8]));
  });

  it('keeps the products of products near 1, so that no number becomes denormal or infinite', () => {
    const size = 64;
    const b = graphOf(productProbe('fp32', size, 1)).initializer.find(({ name }) => name === 'b');
    const matrix = b ? tensorNumbers(b) : new Float64Array();
    let row = new Array<number>(size).fill(1);
    for (let i = 0; i < 32; i++)
      row = row.map((_, to) =>
        row.reduce((sum, x, from) => sum + x * (matrix[from * size + to] ?? 0), 0),
      );
    const largest = Math.max(...row.map(Math.abs));
    expect(largest).toBeGreaterThan(1e-6);
    expect(largest).toBeLessThan(1e6);
  });
});

describe('memoryProbe', () => {
  it('counts the first writing, then reading and writing', () => {
    expect(memoryProbe(1000, 3).work).toBe(1000 + 3 * 2000);
  });

  it('is a chain of passes over a tensor of that size, in a file of a few hundred bytes', () => {
    const probe = memoryProbe(68e6, 3);
    expect(operators(probe)).toEqual(['Expand', 'Neg', 'Add', 'Add', 'Slice']);
    const shape = graphOf(probe).initializer.find(({ name }) => name === 'shape');
    expect(shape && [...tensorNumbers(shape)]).toEqual([17e6]);
    expect(concat(probe.parts()).length).toBeLessThan(1000);
  });
});
