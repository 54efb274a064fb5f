import { elementBits } from '../../onnx/elements.ts';
import { isExternal } from '../../onnx/external.ts';
import { TensorProto_DataType as T, type TensorProto } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { MAX_ITEMS, tensorType, type ValueType } from './types.ts';

/**
 * A stored tensor's type, with its content where that may be a shape or an index.
 * @throws Fault DimensionError for a small tensor whose bytes contradict its shape
 */
export function storedType(tensor: TensorProto): ValueType {
  const { dims, dataType } = tensor;
  const shape = dims.map(Number);
  const elements = shape.reduce((product, dim) => product * dim, 1);
  const readable = elements <= MAX_ITEMS && !isExternal(tensor) && hasNumbers(dataType);
  return tensorType(dataType, shape, readable ? [...tensorNumbers(tensor)] : null);
}

const hasNumbers = (code: T) =>
  elementBits(code) > 0 && code !== T.COMPLEX64 && code !== T.COMPLEX128;
