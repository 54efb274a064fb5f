import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as A,
  type AttributeProto,
  AttributeProtoSchema,
  type NodeProto,
  NodeProtoSchema,
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

const intAttribute = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: A.INT, i: BigInt(value) });

/** A node that converts to an element type. */
export const castNode = (name: string, from: string, to: string, type: T): NodeProto =>
  create(NodeProtoSchema, {
    opType: 'Cast',
    name,
    input: [from],
    output: [to],
    attribute: [intAttribute('to', type)],
  });

/**
 * Makes a Cast, CastLike, Constant or ConstantOfShape that gave float32 give float16, or go on
 * giving float32 where what it took its type from may be float16 now.
 * @returns how many numbers were clamped
 */
export function makeWidth(node: NodeProto, half: boolean): number {
  if (node.opType === 'CastLike') {
    // onnxruntime 1.30 expands a CastLike to float16 into nodes whose types contradict each other.
    node.opType = 'Cast';
    node.input = node.input.slice(0, 1);
    node.attribute = [
      ...node.attribute.filter(({ name }) => name !== 'to'),
      intAttribute('to', half ? T.FLOAT16 : T.FLOAT),
    ];
    return 0;
  }
  if (!half) return 0;
  if (node.opType === 'Cast') {
    node.attribute = node.attribute.map((each) =>
      each.name === 'to' ? intAttribute('to', T.FLOAT16) : each,
    );
    return 0;
  }
  const { tensor, clamped } = halfTensor(heldBy(node));
  node.attribute = [tensorAttribute('value', tensor)];
  return clamped;
}
