import { grouped } from './grouped.ts';
import type { Arithmetic, Crossings, ExecutedNode, OperatorTime } from './profile.ts';

export function operatorTimes(nodes: readonly ExecutedNode[]): OperatorTime[] {
  const groups = grouped(nodes, ({ operator, provider }) => `${operator} ${provider}`);
  return [...groups.values()]
    .map((group) => {
      const { operator, provider, kind } = group[0] as ExecutedNode;
      return { operator, provider, kind, nodes: group.length, ms: sumOf(group) };
    })
    .sort((a, b) => b.ms - a.ms);
}

const sumOf = (nodes: readonly ExecutedNode[]) => nodes.reduce((sum, { ms }) => sum + ms, 0);

export function crossingsOf(nodes: readonly ExecutedNode[], runs: number): Crossings {
  const total = (name: string) => {
    const copies = nodes.filter(({ operator }) => operator === name);
    return {
      count: copies.reduce((sum, { count }) => sum + count / runs, 0),
      bytes: copies.reduce((sum, { count, outputBytes }) => sum + (count / runs) * outputBytes, 0),
    };
  };
  return { toCpu: total('MemcpyToHost'), toGpu: total('MemcpyFromHost') };
}

/**
 * Operators whose cost is multiplications and additions, as ONNX and onnxruntime (com.microsoft)
 * name them. MatMulNBits and its like compute in float with weights unpacked on the way.
 */
const INT8 = new Set([
  'QLinearConv',
  'QLinearMatMul',
  'QGemm',
  'QAttention',
  'QOrderedMatMul',
  'ConvInteger',
  'MatMulInteger',
  'MatMulInteger16',
  'MatMulIntegerToFloat',
  'DynamicQuantizeMatMul',
  'DynamicQuantizeLSTM',
]);
const FLOAT = new Set([
  'Conv',
  'FusedConv',
  'NhwcFusedConv',
  'ConvTranspose',
  'Gemm',
  'FusedGemm',
  'MatMul',
  'FusedMatMul',
  'TransposeMatMul',
  'MatMulNBits',
  'Einsum',
  'Attention',
  'MultiHeadAttention',
  'GroupQueryAttention',
  'LSTM',
  'GRU',
  'RNN',
]);

export function arithmeticOf(nodes: readonly ExecutedNode[]): Arithmetic {
  const total = (operators: ReadonlySet<string>) => {
    const found = nodes.filter(({ operator }) => operators.has(operator));
    return { nodes: found.length, ms: sumOf(found) };
  };
  return { int8: total(INT8), float: total(FLOAT) };
}
