import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import type { Interval } from '../../units.ts';
import { numberOf } from './attributes.ts';

type Constants = ReadonlyMap<string, TensorProto>;

function boundOf(
  node: NodeProto,
  index: number,
  attribute: string,
  constants: Constants,
): number | null {
  const open = index === 1 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const name = node.input[index];
  // Before opset 11 the bounds are attributes.
  if (!name) return numberOf(node, attribute, open);
  const tensor = constants.get(name);
  return tensor ? (tensorNumbers(tensor)[0] ?? null) : null;
}

/** Between which numbers a Relu or a Clip lets pass; null where that is not constant. */
export function limitsOf(node: NodeProto, constants: Constants): Interval | null {
  if (node.opType === 'Relu') return { low: 0, high: Number.POSITIVE_INFINITY };
  const low = boundOf(node, 1, 'min', constants);
  const high = boundOf(node, 2, 'max', constants);
  return low === null || high === null ? null : { low, high };
}
