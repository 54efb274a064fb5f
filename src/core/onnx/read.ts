import { fromBinary } from '@bufbuild/protobuf';
import { Fault } from '../errors.ts';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.ts';

/**
 * Parses an ONNX file. Weights stay views into `bytes`; nothing is copied.
 * @param file its name, for messages
 * @throws Fault ModelRejectedError when it is not protobuf, or protobuf without an ONNX graph
 */
export function readModel(bytes: Uint8Array, file: string): ModelProto {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw new Fault(
      'ModelRejectedError',
      `${file} is not a complete ONNX file: its ${bytes.length} bytes cannot be read as one.`,
      { cause },
    );
  }
  if (!model.graph || model.graph.node.length === 0) {
    throw new Fault('ModelRejectedError', `${file} holds no ONNX graph.`);
  }
  return model;
}
