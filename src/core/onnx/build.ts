/** ONNX models written by hand, in a few words. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as A,
  type AttributeProtoSchema,
  type GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType as T,
  type TensorProtoSchema,
} from './onnx_pb.ts';

export type NodeInit = MessageInitShape<typeof NodeProtoSchema>;
export type TensorInit = MessageInitShape<typeof TensorProtoSchema>;
export type GraphInit = MessageInitShape<typeof GraphProtoSchema>;
type Attribute = MessageInitShape<typeof AttributeProtoSchema>;

/** A declared tensor: "x", its element type and its sizes; a text is a dynamic size. */
export const value = (name: string, elemType: T, ...sizes: (number | string)[]) => ({
  name,
  type: {
    value: {
      case: 'tensorType' as const,
      value: {
        elemType,
        shape: {
          dim: sizes.map((size) => ({
            value:
              typeof size === 'number'
                ? { case: 'dimValue' as const, value: BigInt(size) }
                : { case: 'dimParam' as const, value: size },
          })),
        },
      },
    },
  },
});

/** A stored tensor of any type, from its raw data. */
export const stored = (
  name: string,
  dataType: T,
  dims: readonly number[],
  data: ArrayBuffer,
): TensorInit => ({ name, dataType, dims: dims.map(BigInt), rawData: new Uint8Array(data) });

export const floats = (
  name: string,
  dims: readonly number[],
  data?: readonly number[],
): TensorInit => ({
  name,
  dims: dims.map(BigInt),
  dataType: T.FLOAT,
  rawData: new Uint8Array(
    Float32Array.from(data ?? new Array(dims.reduce((a, b) => a * b, 1)).fill(0)).buffer,
  ),
});

export const integers = (
  name: string,
  data: readonly number[],
  dims = [data.length],
): TensorInit => ({
  name,
  dims: dims.map(BigInt),
  dataType: T.INT64,
  rawData: new Uint8Array(BigInt64Array.from(data, BigInt).buffer),
});

function attribute(name: string, given: unknown): Attribute {
  if (typeof given === 'number') return { name, type: A.INT, i: BigInt(given) };
  if (typeof given === 'string')
    return { name, type: A.STRING, s: Uint8Array.from(given, (char) => char.charCodeAt(0)) };
  if (Array.isArray(given)) return { name, type: A.INTS, ints: given.map(BigInt) };
  const message = given as GraphInit & TensorInit;
  return 'node' in message
    ? { name, type: A.GRAPH, g: message }
    : { name, type: A.TENSOR, t: message };
}

/** A node: its operator, the names it reads and makes, and attributes as plain values. */
export const node = (
  opType: string,
  input: string[],
  output: string[],
  attributes: Readonly<Record<string, number | string | number[] | GraphInit | TensorInit>> = {},
): NodeInit => ({
  opType,
  input,
  output,
  name: `${opType}_${output[0] ?? ''}`,
  attribute: Object.entries(attributes).map(([name, given]) => attribute(name, given)),
});

/** A model of one graph, at opset 17 unless said otherwise. */
export const modelOf = (
  graph: GraphInit,
  more: Omit<MessageInitShape<typeof ModelProtoSchema>, 'graph'> = {},
): ModelProto =>
  create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    ...more,
    graph,
  } as MessageInitShape<typeof ModelProtoSchema>);
