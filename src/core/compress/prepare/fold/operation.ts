import type { AttributeProto, TensorProto } from '../../../onnx/onnx_pb.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Constant } from './constant.ts';

/** A node whose inputs are all known. */
export interface OperationCall {
  readonly operator: string;
  /** Null for an input that is left out. */
  readonly inputs: readonly (Constant | null)[];
  /** Sizes of the output, where shape inference knows them. */
  readonly shape: readonly number[] | null;
  readonly opset: number;
  readonly int: (attribute: string, fallback: number) => number;
  readonly ints: (attribute: string) => readonly number[] | null;
  readonly tensor: (attribute: string) => TensorProto | null;
  /** What ConstantOfShape takes without a value: float32 zero. */
  readonly fallback: Constant;
}

/** Computes a node's one output as the runtime does; null where it cannot. */
export type Operation = (call: OperationCall) => Constant | null;

export function callOf(
  operator: string,
  attributes: readonly AttributeProto[],
  inputs: readonly (Constant | null)[],
  shape: readonly number[] | null,
  opset: number,
): OperationCall {
  const found = (name: string) => attributes.find((each) => each.name === name);
  return {
    operator,
    inputs,
    shape,
    opset,
    int: (name, fallback) => {
      const each = found(name);
      return each ? Number(each.i) : fallback;
    },
    ints: (name) => found(name)?.ints.map(Number) ?? null,
    tensor: (name) => found(name)?.t ?? null,
    fallback: { type: T.FLOAT, dims: [1], data: new Float32Array(1) },
  };
}
