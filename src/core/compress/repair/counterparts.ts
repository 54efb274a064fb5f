import { type GraphIndex, nodeTitle } from '../../onnx/graph.ts';
import { type NodeProto, TensorProto_DataType as T, type TensorProto } from '../../onnx/onnx_pb.ts';

/** A node of a quantized model with an int32 bias, and the one of the original it comes from. */
export interface Counterpart {
  readonly node: NodeProto;
  readonly title: string;
  /** Codes of the bias: one for each channel. */
  readonly codes: TensorProto;
  /** Scales of the codes: one for each channel, or one. */
  readonly scales: TensorProto;
  /** What the node makes, in either model, before it is rounded or limited. */
  readonly output: string;
  readonly original: string;
}

/** What writes codes in front of a node that made an output of the model calls what it made. */
const RENAMED = /_QuantizeLinear_Input(_\d+)?$/;

/** The tensor of the original that a tensor of the quantized model stands for. */
function sourceOf(output: string, operator: string, original: GraphIndex): string | null {
  let name = original.producers.has(output) ? output : output.replace(RENAMED, '');
  let maker = original.producers.get(name);
  // The codes of a node end where a Relu or Clip after it did, and it makes what that made.
  while (maker && maker.opType !== operator && /^(Relu|Clip)$/.test(maker.opType)) {
    name = maker.input[0] ?? '';
    maker = original.producers.get(name);
  }
  return maker?.opType === operator ? name : null;
}

/** Nodes whose bias is int32 behind a DequantizeLinear, in order; those that share it or have no counterpart are left out. */
export function counterparts(original: GraphIndex, quantized: GraphIndex): Counterpart[] {
  return quantized.order.flatMap((node): Counterpart[] => {
    if (!/^(Conv|ConvTranspose|Gemm)$/.test(node.opType)) return [];
    const bias = quantized.producers.get(node.input[2] ?? '');
    const [output = ''] = node.output;
    if (bias?.opType !== 'DequantizeLinear') return [];
    const codes = quantized.initializers.get(bias.input[0] ?? '');
    const scales = quantized.initializers.get(bias.input[1] ?? '');
    const source = sourceOf(output, node.opType, original);
    if (codes?.dataType !== T.INT32 || !scales || source === null) return [];
    // What moves one node's bias would move another's.
    const readers = [bias.output[0] ?? '', codes.name].map((name) => quantized.consumers.get(name));
    if (readers.some((nodes) => nodes?.length !== 1)) return [];
    return [{ node, title: nodeTitle(node), codes, scales, output, original: source }];
  });
}
