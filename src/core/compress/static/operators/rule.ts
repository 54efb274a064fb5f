import type { NodeProto } from '../../../onnx/onnx_pb.ts';
import type { Marker } from '../marks.ts';

/** Marks the tensors of a node. Null where it is quantized; else why it stays float, as a clause. */
export type Mark = (node: NodeProto, marker: Marker) => string | null;

export interface OperatorRule {
  readonly mark: Mark;
  /**
   * Whether the runtime then computes on codes. Where it does not, the node runs in float between
   * a DequantizeLinear and a QuantizeLinear, which take time and accuracy and save nothing.
   */
  readonly fused: boolean | ((node: NodeProto, marker: Marker) => boolean);
  /** Its float kernel is exact where its integer one rounds: no gain where only floats come after. */
  readonly idleBeforeFloat?: true;
  /** Its integer kernel can give float32 by itself, without rounding. */
  readonly givesFloat?: true;
}

export const NOT_FLOAT32 = 'it does not compute on float32 tensors';
export const INPUT_NOT_QUANTIZED = 'its input is not quantized';
