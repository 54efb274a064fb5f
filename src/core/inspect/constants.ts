import { readBy } from '../onnx/graph.ts';
import type { NodeProto } from '../onnx/onnx_pb.ts';
import type { Frame } from './shapes/infer.ts';

/** Which values of a frame do not depend on the model's inputs. */
export interface Constants {
  /** Nodes that a runtime computes once, when it loads the model. */
  readonly folded: ReadonlySet<NodeProto>;
  /** Tensors that are stored, or computed from stored ones alone; those of outer frames too. */
  readonly names: ReadonlySet<string>;
}

/** Drawn anew in every run, whatever they are given. */
const RANDOM = /^(Random|Multinomial|Bernoulli)/;

/**
 * Finds what is constant. The DequantizeLinear of a stored weight makes a constant too, but it is
 * not folded: runtimes keep it, either to fuse it into an integer kernel or to run it every time.
 * @param outer constants of the frame around this one
 */
export function constantsOf(frame: Frame, outer: Constants | null): Constants {
  const names = new Set([...(outer?.names ?? []), ...frame.initializers.keys()]);
  const folded = new Set<NodeProto>();
  for (const node of frame.order) {
    if (frame.bodies.has(node) || RANDOM.test(node.opType)) continue;
    if (!node.input.every((name) => name === '' || names.has(name))) continue;
    for (const name of node.output) names.add(name);
    if (node.opType !== 'DequantizeLinear') folded.add(node);
  }
  return { folded, names };
}

/** Places of weights and biases among the inputs of operators that are also given scales. */
const WEIGHT_PLACES: Readonly<Record<string, readonly number[]>> = {
  QuantizeLinear: [0],
  DequantizeLinear: [0],
  QLinearConv: [0, 3, 8],
  QLinearMatMul: [0, 3],
  QGemm: [0, 3, 6],
  MatMulNBits: [1],
  MatMulInteger: [0, 1],
  ConvInteger: [0, 1],
};

/** Whether what stands in this place can be a parameter; scales and zero points are none. */
export const isWeightPlace = (operator: string, place: number): boolean =>
  !Object.hasOwn(WEIGHT_PLACES, operator) || (WEIGHT_PLACES[operator]?.includes(place) ?? true);

/**
 * The nodes of a frame as a person reads them: what computes a constant stands before the first
 * node that reads it, and not far above among all others.
 */
export function readingOrder({ order }: Frame, { names }: Constants): NodeProto[] {
  const producers = new Map<string, NodeProto>();
  const isConstant = (node: NodeProto) => node.output.every((name) => names.has(name));
  for (const node of order) {
    if (isConstant(node)) for (const name of node.output) producers.set(name, node);
  }
  const placed = new Set<NodeProto>();
  const reading: NodeProto[] = [];
  const place = (node: NodeProto) => {
    if (placed.has(node)) return;
    placed.add(node);
    for (const name of readBy(node)) {
      const needed = producers.get(name);
      if (needed) place(needed);
    }
    reading.push(node);
  };
  for (const node of order) if (!isConstant(node)) place(node);
  // Constants that no node reads: outputs of the model.
  for (const node of order) place(node);
  return reading;
}
