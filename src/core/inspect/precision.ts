import { elementBits, isFloat } from '../onnx/elements.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import type { InspectedNode } from './inspection.ts';
import type { ValueType } from './shapes/types.ts';

/** How exactly a node counts; 'other' for shapes, indices, booleans, text and what is not known. */
export type NodePrecision = 'fp32' | 'fp16' | 'int8' | 'int4' | 'other';

/** Operators that work on quantized values or make them, whatever the type they give out. */
const QUANTIZED = /^(Quantize|Dequantize|DynamicQuantize|QLinear|QGemm|QAttention)|Integer/;
const NARROW = /^(MatMulNBits|GatherBlockQuantized)$/;

export function precisionOfType(type: ValueType | null): NodePrecision {
  if (!type) return 'other';
  const bits = elementBits(type.elem);
  if (bits > 0 && bits <= 6) return 'int4';
  if (bits === 8 && type.elem !== T.BOOL) return 'int8';
  if (!isFloat(type.elem)) return 'other';
  return bits === 16 ? 'fp16' : 'fp32';
}

/** By the operator where it is a quantized one, else by the first output. */
export function precisionOf({
  operator,
  outputs,
}: Pick<InspectedNode, 'operator' | 'outputs'>): NodePrecision {
  if (NARROW.test(operator)) return 'int4';
  if (QUANTIZED.test(operator)) return 'int8';
  return precisionOfType(outputs[0]?.type ?? null);
}
