import type { Variant } from '../models/model.ts';

/**
 * Operators for which onnxruntime's native WebGPU provider has no kernel, so that each moves to
 * the CPU and drags copies with it (microsoft/onnxruntime, core/providers/webgpu; measured with
 * 1.30: one quantized convolution made 7 copies between GPU and CPU).
 */
const NOT_ON_WEBGPU = [
  'QuantizeLinear',
  'DynamicQuantizeLinear',
  'MatMulInteger',
  'ConvInteger',
  'DynamicQuantizeLSTM',
] as const;

const countOf = (operators: NonNullable<Variant['operators']>, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (operators[name] ?? 0), 0);

/** How many nodes of the variant will fall back to the CPU on WebGPU; null when not known. */
export function expectedFallbacks(variant: Variant): number | null {
  const { operators } = variant;
  return operators ? countOf(operators, NOT_ON_WEBGPU) : null;
}

/** Whether only weights are stored small, and unpacked to float on every run. */
export const unpacksWeights = ({ operators = {} }: Pick<Variant, 'operators'>): boolean =>
  countOf(operators, ['DequantizeLinear']) > 0 && countOf(operators, NOT_ON_WEBGPU) === 0;
