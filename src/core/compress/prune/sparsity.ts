import { subgraphsOf } from '../../onnx/graph.ts';
import { minifloatDecoder } from '../../onnx/minifloat.ts';
import {
  type GraphProto,
  type ModelProto,
  TensorProto_DataType as T,
  type TensorProto,
} from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';

/** Shorter ones are biases and factors, which nobody prunes. */
const MIN_ELEMENTS = 256;

export interface Sparsity {
  readonly zeros: number;
  readonly elements: number;
}

/** Zeros in weights, where the code 0 is the number 0: float32, float16 and int8 of zero point 0. */
function zerosIn(tensor: TensorProto): Sparsity | null {
  const width = WIDTHS.get(tensor.dataType);
  if (width === undefined) return null;
  const bytes = tensorBytes(tensor);
  const elements = bytes.length / width;
  if (elements < MIN_ELEMENTS) return null;
  const last = width - 1;
  // Minus zero is a zero too: floats store their sign in the last byte's highest bit.
  const value = minifloatDecoder(tensor.dataType) || tensor.dataType === T.FLOAT ? 0x7f : 0xff;
  let zeros = 0;
  for (let at = 0; at < bytes.length; at += width) {
    let rest = (bytes[at + last] as number) & value;
    for (let i = 0; i < last; i++) rest |= bytes[at + i] as number;
    if (rest === 0) zeros += 1;
  }
  return { zeros, elements };
}

const WIDTHS: ReadonlyMap<number, number> = new Map([
  [T.FLOAT, 4],
  [T.FLOAT16, 2],
  [T.INT8, 1],
]);

/**
 * How many of a model's weights are zero: of stored tensors of float32, float16 and int8 with at
 * least 256 elements, subgraphs included.
 * @throws Fault as `tensorBytes`
 */
export function sparsityOf({ graph }: ModelProto): Sparsity {
  const sum = { zeros: 0, elements: 0 };
  const visit = (each: GraphProto): void => {
    for (const found of each.initializer.map(zerosIn)) {
      sum.zeros += found?.zeros ?? 0;
      sum.elements += found?.elements ?? 0;
    }
    for (const node of each.node) for (const { graph: inner } of subgraphsOf(node)) visit(inner);
  };
  if (graph) visit(graph);
  return sum;
}
