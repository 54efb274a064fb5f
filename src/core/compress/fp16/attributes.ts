import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as A,
  type AttributeProto,
  AttributeProtoSchema,
  type NodeProto,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { halfTensor } from './tensors.ts';

const tensorAttribute = (name: string, t: TensorProto): AttributeProto =>
  create(AttributeProtoSchema, { name, type: A.TENSOR, t });

const floatTensor = (dims: readonly number[], numbers: readonly number[]): TensorProto =>
  create(TensorProtoSchema, {
    dims: dims.map(BigInt),
    dataType: T.FLOAT,
    rawData: new Uint8Array(Float32Array.from(numbers).buffer),
  });

/** The float32 tensor that a Constant or ConstantOfShape holds, however it is written. */
function heldBy({ attribute }: NodeProto): TensorProto {
  for (const { name, t, f, floats } of attribute) {
    if (name === 'value' && t) return t;
    if (name === 'value_float') return floatTensor([], [f]);
    if (name === 'value_floats') return floatTensor([floats.length], floats);
  }
  return floatTensor([1], [0]);
}

/**
 * Makes a Cast, Constant or ConstantOfShape give float16 instead of float32.
 * @returns how many numbers were clamped
 */
export function makeHalf(node: NodeProto): number {
  if (node.opType === 'Cast') {
    node.attribute = node.attribute.map((each) =>
      each.name === 'to'
        ? create(AttributeProtoSchema, { name: 'to', type: A.INT, i: BigInt(T.FLOAT16) })
        : each,
    );
    return 0;
  }
  const { tensor, clamped } = halfTensor(heldBy(node));
  node.attribute = [tensorAttribute('value', tensor)];
  return clamped;
}
