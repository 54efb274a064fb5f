import { type GraphIndex, indexGraph, subgraphsOf } from '../../onnx/graph.ts';
import type { GraphProto, NodeProto, SparseTensorProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';

/** A tensor that two models make, and how the second makes it. */
export interface SliceCounterpart {
  /** Its name in the original; the variant may call what it rounded it to otherwise. */
  readonly tensor: string;
  readonly node: NodeProto;
  /** What the variant's other nodes read in its place. */
  readonly root: string;
  /** The variant's nodes that make it of tensors that the original makes too. */
  readonly slice: readonly NodeProto[];
  /** The variant makes it as the original does: same operator, same constants. */
  readonly untouched: boolean;
}

/** Names of tensors that depend on an input; all others are constants, computed or stored. */
function dependent({ order, inputs }: GraphIndex): Set<string> {
  const names = new Set(inputs.map(({ name }) => name));
  for (const { input, output } of order) {
    if (!input.some((name) => names.has(name))) continue;
    for (const name of output) if (name !== '') names.add(name);
  }
  return names;
}

/** What readers of a tensor read: the tensor, or what it is after rounding to codes and back. */
function rounded({ consumers }: GraphIndex, tensor: string): string {
  for (const { opType, output } of consumers.get(tensor) ?? []) {
    if (opType !== 'QuantizeLinear') continue;
    const back = consumers.get(output[0] ?? '')?.find((each) => each.opType === 'DequantizeLinear');
    if (back?.output[0]) return back.output[0];
  }
  return tensor;
}

/** The nodes behind a tensor, up to where `known` begins; null where one holds a graph of its own. */
function sliceBehind(
  { producers }: GraphIndex,
  root: string,
  known: (name: string) => boolean,
): NodeProto[] | null {
  const slice = new Set<NodeProto>();
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producers.get(name);
    if (!node || slice.has(node)) continue;
    if (subgraphsOf(node).length > 0) return null;
    slice.add(node);
    open.push(...node.input.filter((each) => each !== '' && !known(each)));
  }
  return [...slice].reverse();
}

function sameBytes(a: TensorProto, b: TensorProto): boolean {
  if (a.dataType !== b.dataType || a.dims.join() !== b.dims.join()) return false;
  const left = tensorBytes(a);
  const right = tensorBytes(b);
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function sameSparse(a: SparseTensorProto, b: SparseTensorProto): boolean {
  const parts = [
    [a.values, b.values],
    [a.indices, b.indices],
  ] as const;
  return (
    a.dims.join() === b.dims.join() &&
    parts.every(([left, right]) => (left && right ? sameBytes(left, right) : left === right))
  );
}

const sparseOf = ({ graph }: GraphIndex, name: string): SparseTensorProto | undefined =>
  graph.sparseInitializer.find(({ values }) => values?.name === name);

function isUntouched(was: NodeProto, is: NodeProto, of: GraphIndex, by: GraphIndex): boolean {
  if (was.opType !== is.opType || was.input.length !== is.input.length) return false;
  return was.input.every((name, i) => {
    const now = is.input[i] ?? '';
    const before = of.initializers.get(name);
    const after = by.initializers.get(now);
    if (before && after) return sameBytes(before, after);
    const [sparseBefore, sparseAfter] = [sparseOf(of, name), sparseOf(by, now)];
    return sparseBefore && sparseAfter ? sameSparse(sparseBefore, sparseAfter) : name === now;
  });
}

/**
 * Tensors that both of two graphs make out of their inputs, in the order of the original.
 * @throws Fault GraphError for what is no graph
 */
export function counterparts(original: GraphProto, variant: GraphProto): SliceCounterpart[] {
  const of = indexGraph(original);
  const by = indexGraph(variant);
  const theirs = dependent(by);
  const both = new Set([...dependent(of)].filter((name) => theirs.has(name)));
  return of.order.flatMap((node) =>
    node.output.flatMap((tensor): SliceCounterpart[] => {
      if (!both.has(tensor)) return [];
      const root = rounded(by, tensor);
      const known = (name: string) => name !== tensor && both.has(name);
      const slice = sliceBehind(by, root, known);
      if (!slice) return [];
      const [only, ...more] = slice;
      const untouched = only !== undefined && more.length === 0 && isUntouched(node, only, of, by);
      return [{ tensor, node, root, slice, untouched }];
    }),
  );
}
