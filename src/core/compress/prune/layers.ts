import type { GraphIndex } from '../../onnx/graph.ts';
import { domainOf, nodeTitle } from '../../onnx/graph.ts';
import { type NodeProto, TensorProto_DataType as T, type TensorProto } from '../../onnx/onnx_pb.ts';

export const PRUNABLE = ['Conv', 'Gemm', 'MatMul'] as const;

/**
 * Weights as outer × inputs × inner numbers in row-major order: along `inputs` they meet the
 * channels of the activations.
 */
export interface Layout {
  readonly outer: number;
  readonly inputs: number;
  readonly inner: number;
  /** A convolution's kernel is part of what an output reads; otherwise `inner` counts outputs. */
  readonly kernel: boolean;
  /** A convolution's groups: outputs of group g read the channels from g * inputs on. */
  readonly groups: number;
}

/** What reads a layer's weights: the activations, and their axis of channels. */
export interface Reader {
  readonly node: NodeProto;
  readonly activations: string;
  /** Negative: from the last axis. */
  readonly axis: number;
}

export interface Layer {
  readonly name: string;
  readonly weight: TensorProto;
  readonly layout: Layout;
  /** Nodes that share these weights. */
  readonly readers: readonly Reader[];
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const intOf = (node: NodeProto, name: string, fallback: number): number => {
  const found = node.attribute.find((each) => each.name === name);
  return found ? Number(found.i) : fallback;
};

/** How a node reads its weights, of which this is input `at`; null where it does not multiply by them. */
function reading(
  node: NodeProto,
  at: number,
  dims: readonly number[],
): { layout: Layout; axis: number } | null {
  const plain = { kernel: false, groups: 1 };
  const [first = 1, second = 1] = dims;
  switch (node.opType) {
    case 'Conv': {
      if (at !== 1 || dims.length < 3) return null;
      const groups = intOf(node, 'group', 1);
      const inner = product(dims.slice(2));
      return { layout: { outer: first, inputs: second, inner, kernel: true, groups }, axis: 1 };
    }
    case 'Gemm': {
      if (at !== 1 || dims.length !== 2) return null;
      const axis = intOf(node, 'transA', 0) ? 0 : 1;
      return intOf(node, 'transB', 0)
        ? { layout: { ...plain, outer: first, inputs: second, inner: 1 }, axis }
        : { layout: { ...plain, outer: 1, inputs: first, inner: second }, axis };
    }
    case 'MatMul': {
      const last = dims.at(-1) ?? 1;
      if (dims.length < 2) return null;
      // On the left the weights meet the activations' rows.
      if (at === 0) {
        const outer = product(dims.slice(0, -1));
        return { layout: { ...plain, outer, inputs: last, inner: 1 }, axis: -2 };
      }
      const outer = product(dims.slice(0, -2));
      return { layout: { ...plain, outer, inputs: dims.at(-2) ?? 1, inner: last }, axis: -1 };
    }
    default:
      return null;
  }
}

const sameLayout = (a: Layout, b: Layout) =>
  a.outer === b.outer &&
  a.inputs === b.inputs &&
  a.inner === b.inner &&
  a.kernel === b.kernel &&
  a.groups === b.groups;

/** A weight that cannot be pruned, with the nodes that would have gained and the reason. */
export interface Unprunable {
  readonly nodes: readonly NodeProto[];
  readonly reason: string;
}

export interface Found {
  /** In the order in which the graph runs. */
  readonly layers: readonly Layer[];
  readonly unprunable: readonly Unprunable[];
}

const isPrunable = ({ domain, opType }: NodeProto): boolean =>
  domainOf(domain) === '' && (PRUNABLE as readonly string[]).includes(opType);

/** The weights that a node multiplies by: stored ones, or those of a Constant. */
function weightsOf(node: NodeProto, { initializers, producers }: GraphIndex) {
  return node.input.flatMap((name, at) => {
    const maker = producers.get(name);
    const held = maker?.opType === 'Constant' ? maker.attribute.find((each) => each.t)?.t : null;
    const weight = initializers.get(name) ?? held;
    if (!weight || weight.dataType !== T.FLOAT) return [];
    const read = reading(node, at, weight.dims.map(Number));
    return read ? [{ name, at, weight, ...read }] : [];
  });
}

/**
 * The float32 weights of convolutions and matrix products.
 * @param overridable names that callers may give a value of their own, or that they are given
 */
export function layersOf(index: GraphIndex, overridable: ReadonlySet<string>): Found {
  const layers = new Map<string, Layer>();
  const unprunable: Unprunable[] = [];
  const refused = new Set<string>();
  for (const node of index.order) {
    if (!isPrunable(node)) continue;
    const found = weightsOf(node, index);
    const [weights] = found;
    // With both factors constant there is no activation.
    if (!weights || found.length > 1) {
      unprunable.push({ nodes: [node], reason: 'it has no float32 weights' });
      continue;
    }
    const { name, at, weight, layout, axis } = weights;
    const activations = node.input[at === 0 ? 1 : 0] ?? '';
    const known = layers.get(name);
    const readers = [...(known?.readers ?? []), { node, activations, axis }];
    const others = (index.consumers.get(name) ?? []).filter((each) => !isPrunable(each));
    const [other] = others;
    const reason =
      (other && `its weights are shared with ${nodeTitle(other)}`) ??
      (overridable.has(name) ? 'callers see its weights' : null) ??
      (refused.has(name) || (known && !sameLayout(known.layout, layout))
        ? 'its weights are shared with a node that reads them along another axis'
        : null);
    if (reason === null) {
      layers.set(name, { name, weight, layout, readers });
      continue;
    }
    refused.add(name);
    layers.delete(name);
    unprunable.push({ nodes: readers.map((each) => each.node), reason });
  }
  return { layers: [...layers.values()], unprunable };
}
