/** Arithmetic that float16 would break, found by its form. */

import { typeIn } from '../../inspect/shapes/infer.ts';
import { isFloat } from '../../onnx/elements.ts';
import { domainOf } from '../../onnx/graph.ts';
import { type NodeProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { inputStaysFloat } from './operators.ts';
import { kindOf, type Scope } from './scopes.ts';

/** Move numbers or change them one by one: what was exact before them can be exact behind them. */
const ELEMENTWISE = new Set(
  `Abs Add Cast Ceil Clip Concat Cos Div Expand Exp Flatten Floor Gather Identity Max Min Mod Mul Neg
  Pow Reciprocal Reshape Round Sin Slice Split Sqrt Squeeze Sub Tile Transpose Unsqueeze Where`.split(
    /\s+/,
  ),
);
const isElementwise = ({ domain, opType }: NodeProto) =>
  domainOf(domain) === '' && ELEMENTWISE.has(opType);

/** Positions times frequencies are products too. */
const isProduct = ({ opType }: NodeProto) => opType === 'MatMul' || opType === 'Einsum';

/** Makers and readers of the float32 tensors of one graph; what its bodies read is not followed. */
class Flow {
  private readonly scope: Scope;
  private readonly producers = new Map<string, NodeProto>();
  private readonly consumers = new Map<string, NodeProto[]>();
  private readonly constants: Set<string>;

  constructor(scope: Scope) {
    this.scope = scope;
    this.constants = new Set(scope.graph.initializer.map(({ name }) => name));
    for (const node of scope.frame.order) {
      for (const name of node.output) {
        this.producers.set(name, node);
        if (node.opType === 'Constant') this.constants.add(name);
      }
      for (const name of new Set(node.input)) {
        const readers = this.consumers.get(name);
        if (readers) readers.push(node);
        else this.consumers.set(name, [node]);
      }
    }
  }

  isFloat32 = (name: string): boolean => kindOf(this.scope, name) === 'float32';

  isWhole = (name: string): boolean => {
    const type = typeIn(this.scope.frame, name);
    return type !== null && !isFloat(type.elem) && type.elem !== T.BOOL;
  };

  isConstant = (name: string): boolean => name === '' || this.constants.has(name);

  before = (node: NodeProto): NodeProto[] =>
    node.input.filter(this.isFloat32).flatMap((name) => this.producers.get(name) ?? []);

  maker = (name: string): NodeProto | null => this.producers.get(name) ?? null;

  readers = (name: string): readonly NodeProto[] => this.consumers.get(name) ?? [];

  after = (node: NodeProto): NodeProto[] =>
    node.output.filter(this.isFloat32).flatMap((name) => this.readers(name));
}

/** All nodes that can be reached from some by steps through nodes that pass; those among them. */
function reach(
  from: Iterable<NodeProto>,
  step: (node: NodeProto) => readonly NodeProto[],
  passes: (node: NodeProto) => boolean,
): Set<NodeProto> {
  const found = new Set(from);
  for (const node of found) for (const next of step(node)) if (passes(next)) found.add(next);
  return found;
}

/**
 * Positions, sizes and angles: float16 counts whole numbers only to 2048, and an angle of 1000
 * is known to half a radian. They run from whole numbers to an angle or back to whole numbers.
 */
function positions(nodes: readonly NodeProto[], flow: Flow): Set<NodeProto> {
  const fromWhole = (node: NodeProto) =>
    (node.opType === 'Cast' && node.input.some(flow.isWhole) && node.output.some(flow.isFloat32)) ||
    node.opType === 'Range';
  const isAngle = ({ opType }: NodeProto) => opType === 'Cos' || opType === 'Sin';
  const toWhole = (node: NodeProto) =>
    (node.opType === 'Cast' && node.input.some(flow.isFloat32) && node.output.some(flow.isWhole)) ||
    node.opType === 'Range';
  const carries = (node: NodeProto) => isElementwise(node) || isProduct(node);
  const forward = reach(nodes.filter(fromWhole), flow.after, carries);
  const backward = reach(
    nodes.filter((node) => isAngle(node) || toWhole(node)),
    flow.before,
    carries,
  );
  const scales = nodes.flatMap((node) =>
    node.input.flatMap((name, i) => {
      const maker = inputStaysFloat(node, i) ? flow.maker(name) : null;
      return maker && isElementwise(maker) ? [maker] : [];
    }),
  );
  const strict = reach([...nodes.filter(isAngle), ...scales], flow.before, isElementwise);
  for (const node of forward) if (backward.has(node)) strict.add(node);
  return strict;
}

/** Keep what a variance is until it has divided something: x² passes 65504 from |x| = 256 on. */
const TAIL = new Set('Add Clip Max Pow Reciprocal Sqrt Sub'.split(' '));

/** Sums of squares, as in a normalization that is written out as single operators. */
function squares(nodes: readonly NodeProto[], flow: Flow): Set<NodeProto> {
  const isSquare = ({ opType, input: [a, b] }: NodeProto) =>
    (opType === 'Mul' && a === b) || (opType === 'Pow' && b !== undefined && flow.isConstant(b));
  const found = new Set<NodeProto>();
  for (const sum of nodes) {
    if (sum.opType !== 'ReduceMean' && sum.opType !== 'ReduceSum') continue;
    const squared = flow.before(sum).filter(isSquare);
    if (squared.length === 0) continue;
    const tail = reach(
      [sum],
      flow.after,
      (node) =>
        TAIL.has(node.opType) &&
        node.input.filter((name) => flow.isFloat32(name) && !flow.isConstant(name)).length === 1,
    );
    const divided = [...tail]
      .flatMap(flow.after)
      .filter(({ opType }) => /^(Div|Mul)$/.test(opType));
    for (const node of [...squared, ...tail, ...divided]) found.add(node);
  }
  return found;
}

/** Nodes of one graph that float16 would break, each with the reason. */
export function delicate(scope: Scope): ReadonlyMap<NodeProto, string> {
  const flow = new Flow(scope);
  const nodes = scope.frame.order;
  const reasons = new Map<NodeProto, string>();
  for (const node of positions(nodes, flow)) {
    reasons.set(node, 'positions, sizes and angles need more digits than float16 has');
  }
  for (const node of squares(nodes, flow)) {
    reasons.set(node, 'sums of squares overflow in float16');
  }
  return reasons;
}
