import { create } from '@bufbuild/protobuf';
import { domainOf } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  type NodeProto,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';

function tensorOf(
  dataType: T,
  dims: readonly number[],
  data: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>,
): TensorProto {
  return create(TensorProtoSchema, {
    dataType,
    dims: dims.map(BigInt),
    rawData: new Uint8Array(data.buffer),
  });
}

/** What a Constant node holds; null for any other node, and for texts and sparse tensors. */
export function heldBy({ opType, domain, attribute }: NodeProto): TensorProto | null {
  if (opType !== 'Constant' || domainOf(domain) !== '') return null;
  for (const { name, type, refAttrName, t, f, floats, i, ints } of attribute) {
    if (refAttrName) return null;
    switch (name) {
      case 'value':
        return type === A.TENSOR && t && t.dataType !== T.STRING ? t : null;
      case 'value_float':
        return tensorOf(T.FLOAT, [], Float32Array.of(f));
      case 'value_floats':
        return tensorOf(T.FLOAT, [floats.length], Float32Array.from(floats));
      case 'value_int':
        return tensorOf(T.INT64, [], BigInt64Array.of(i));
      case 'value_ints':
        return tensorOf(T.INT64, [ints.length], BigInt64Array.from(ints));
      default:
    }
  }
  return null;
}
