import type { GraphProto, ModelProto, NodeProto } from '../../onnx/onnx_pb.ts';
import type { ExecutedNode } from './profile.ts';

/** A node as the file has it. */
export interface FileNode {
  /** '' where the file gives none. */
  readonly name: string;
  readonly op: string;
  readonly outputs: readonly string[];
}

/**
 * Where an executed node comes from. `file`: it runs a node of the file, perhaps with others
 * fused into it. `inserted`: the runtime's own copy, conversion or change of layout. `fused`: it
 * stands for several nodes of the file, but the runtime does not say for which.
 */
export type Origin =
  | { readonly kind: 'file'; readonly node: number }
  | { readonly kind: 'inserted' }
  | { readonly kind: 'fused' };

export interface NodeMatch {
  /** For each executed node. */
  readonly origins: readonly Origin[];
  /** For each of the file's nodes, the executed one; null where it was fused or folded away. */
  readonly executed: readonly (number | null)[];
}

/** What the runtime puts between nodes by itself. */
const INSERTED = new Set([
  'MemcpyToHost',
  'MemcpyFromHost',
  'Transpose',
  'Cast',
  'QuantizeLinear',
  'DequantizeLinear',
  'ReorderInput',
  'ReorderOutput',
]);

/**
 * What onnxruntime 1.30 adds to the name of the node that a fused one replaces (its
 * core/optimizer, and seen in its traces): "fused " before a Gemm with its activation,
 * "/MatMulAddFusion", "/LayerNormFusion/", …, and "_token_7" where a name was taken.
 */
const ADDED = [/^fused /, /_token_\d+$/, /\/\w+Fusion\w*\/?$/, /_nchwc$/];

function withoutAdded(name: string): string {
  for (const added of ADDED) {
    const rest = name.replace(added, '');
    if (rest !== name) return withoutAdded(rest);
  }
  return name;
}

/**
 * The name that a node without one gets before it is profiled, unique in its graph because no
 * other node makes its output.
 */
export const nodeName = ({ name, op, outputs }: FileNode): string =>
  name || `${op}:${outputs.find(Boolean) ?? ''}`;

/**
 * Tells which node of the file each executed node runs, by their names. Nodes without a name are
 * found if the file was profiled as `withNodeNames` returns it.
 */
export function matchNodes(
  executed: readonly Pick<ExecutedNode, 'name' | 'operator'>[],
  fileNodes: readonly FileNode[],
): NodeMatch {
  const byName = new Map(fileNodes.map((node, i) => [nodeName(node), i]));
  const claimed = new Array<number | null>(fileNodes.length).fill(null);
  const origins: (Origin | null)[] = executed.map(() => null);
  const claim = (toFileName: (name: string) => string) =>
    executed.forEach(({ name, operator }, i) => {
      const node = byName.get(toFileName(name));
      if (origins[i] || node === undefined || claimed[node] !== null) return;
      // A conversion may take over the name of what it was put beside, but does not run it.
      if (INSERTED.has(operator) && fileNodes[node]?.op !== operator) return;
      claimed[node] = i;
      origins[i] = { kind: 'file', node };
    });
  // Names as they are come first: what else carries a name is then the runtime's own.
  claim((name) => name);
  claim(withoutAdded);
  const others = executed.map(({ operator }, i): Origin => {
    return origins[i] ?? { kind: INSERTED.has(operator) ? 'inserted' : 'fused' };
  });
  return { origins: others, executed: claimed };
}

const named = (node: NodeProto): NodeProto => ({
  ...node,
  name: nodeName({ name: node.name, op: node.opType, outputs: node.output }),
  attribute: node.attribute.map((each) => {
    if (each.g) return { ...each, g: withNames(each.g) };
    return each.graphs.length > 0 ? { ...each, graphs: each.graphs.map(withNames) } : each;
  }),
});

const withNames = (graph: GraphProto): GraphProto => ({ ...graph, node: graph.node.map(named) });

/**
 * The model with a name for every node of its graphs, to be written; shares all else with the
 * given one. The
 * runtime's own names for nameless nodes tell their operator and not their place, and on the GPU
 * its trace leaves them nameless.
 */
export const withNodeNames = (model: ModelProto): ModelProto =>
  model.graph ? { ...model, graph: withNames(model.graph) } : model;
