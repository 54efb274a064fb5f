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
  /** It gains nothing where only floats come after it: its float kernel is exact where its integer one rounds. */
  readonly idleBeforeFloat?: true;
  /** It gains nothing unless all of its inputs, or some, are codes already: rounding them for it alone takes as long. */
  readonly needsCodes?: 'all' | 'some';
  /** Its integer kernel can give float32 by itself, without rounding. */
  readonly givesFloat?: true;
}

export const NOT_FLOAT32 = 'it does not compute on float32 tensors';
export const INPUT_NOT_QUANTIZED = 'its input is not quantized';
