import { fromBinary } from '@bufbuild/protobuf';
import { Fault, toError } from '../errors.ts';
import { count } from '../format.ts';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.ts';

/** Messages inside messages; ten times what control flow in real models needs. */
const MAX_DEPTH = 300;

/**
 * Parses an ONNX file. Weights stay views into `bytes`; nothing is copied, unknown fields are kept.
 * @param file its name, for messages
 * @throws Fault ModelUnreadableError when it is not protobuf, or protobuf without an ONNX graph
 */
export function readModel(bytes: Uint8Array, file: string): ModelProto {
  let model: ModelProto;
  // Node's Buffer is a Uint8Array whose `slice` copies nothing, and would hand that on to weights.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    model = fromBinary(ModelProtoSchema, plain, { recursionLimit: MAX_DEPTH });
  } catch (cause) {
    throw new Fault('ModelUnreadableError', unreadable(bytes, file, toError(cause).message), {
      cause,
    });
  }
  if (!model.graph || model.graph.node.length === 0) {
    throw new Fault('ModelUnreadableError', `${file} holds no ONNX graph.`);
  }
  return model;
}

function unreadable(bytes: Uint8Array, file: string, reason: string): string {
  if (/recursion depth/.test(reason)) {
    return `${file} nests graphs or types more than ${MAX_DEPTH} messages deep, which no real model does.`;
  }
  return `${file} is not a complete ONNX file: its ${count(bytes.length)} bytes cannot be read as one.`;
}
