import { create } from '@bufbuild/protobuf';
import { Fault } from '../errors.ts';
import { list } from '../format.ts';
import {
  AttributeProto_AttributeType as A,
  type FunctionProto,
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  type NodeProto,
  type TensorProto,
} from './onnx_pb.ts';

/** The default domain goes by two names. */
export const domainOf = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

/** A graph that a node holds in an attribute: a branch of If, a body of Loop or Scan. */
export interface Subgraph {
  readonly attribute: string;
  readonly graph: GraphProto;
}

export function subgraphsOf({ attribute }: NodeProto): Subgraph[] {
  return attribute.flatMap(({ name, type, g, graphs }) => {
    if (type === A.GRAPH && g) return [{ attribute: name, graph: g }];
    return graphs.map((graph, i) => ({ attribute: `${name}[${i}]`, graph }));
  });
}

/** Model-local functions by `functionKey`. */
export function functionsOf({ functions }: ModelProto): ReadonlyMap<string, FunctionProto> {
  return new Map(functions.map((each) => [functionKey(each, each.name), each]));
}

/** A function's body as a graph of its own. */
export const functionGraph = ({ node, input, output, valueInfo }: FunctionProto): GraphProto =>
  create(GraphProtoSchema, {
    node,
    input: input.map((name) => ({ name })),
    output: output.map((name) => ({ name })),
    valueInfo,
  });

/** What a function goes by: domain, name, and the overload that tells those of one name apart. */
export const functionKey = (
  { domain, overload }: Pick<FunctionProto, 'domain' | 'overload'>,
  name: string,
): string => `${domainOf(domain)}:${name}:${overload}`;

/** Versions of the operator sets that a model or a function imports, by domain. */
export function opsetsOf({
  opsetImport,
}: Pick<ModelProto, 'opsetImport'>): ReadonlyMap<string, number> {
  return new Map(opsetImport.map(({ domain, version }) => [domainOf(domain), Number(version)]));
}

/** What a graph says of who makes and who reads each tensor. Views, never copies. */
export interface GraphIndex {
  readonly graph: GraphProto;
  /** The node that makes a tensor. */
  readonly producers: ReadonlyMap<string, NodeProto>;
  /** The nodes that read a tensor, themselves or in a subgraph of theirs; each once. */
  readonly consumers: ReadonlyMap<string, readonly NodeProto[]>;
  readonly initializers: ReadonlyMap<string, TensorProto>;
  /** Inputs that a caller must give: those before IR version 4 list the initializers among them. */
  readonly inputs: GraphProto['input'];
  /** Every node after those whose outputs it reads; the file's own order where that will do. */
  readonly order: readonly NodeProto[];
}

/** Names that a graph reads and does not make itself; for a subgraph, what it captures. */
export function freeNames(graph: GraphProto): Set<string> {
  const own = new Set([
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  const used = [
    ...graph.node.flatMap(readBy),
    // A branch may hand out a tensor of the graph around it as it is.
    ...graph.output.map(({ name }) => name),
  ];
  return new Set(used.filter((name) => !own.has(name)));
}

/** Names of all tensors that a node reads, those captured by its subgraphs too. */
export function readBy(node: NodeProto): string[] {
  const direct = node.input.filter((name) => name !== '');
  const captured = subgraphsOf(node).flatMap(({ graph }) => [...freeNames(graph)]);
  return captured.length > 0 ? [...new Set([...direct, ...captured])] : direct;
}

/** The first tensor that a node makes: a name that every node has and no two share. */
export const firstOutput = ({ output }: NodeProto): string => output.find(Boolean) ?? '';

/** A node as a person can find it: its name, or what it is and makes. */
export const nodeTitle = (node: NodeProto): string =>
  node.name || `${node.opType} that makes "${firstOutput(node)}"`;

/** Names that a subgraph can see around it. */
export type Names = Pick<ReadonlySet<string>, 'has'>;

const NOTHING: Names = new Set();

/**
 * Indexes a graph.
 * @param outer for a subgraph, the names it can see around it
 * @throws Fault GraphError when a tensor is read that nothing makes, is made twice, or depends on
 *   itself
 */
export function indexGraph(graph: GraphProto, outer: Names = NOTHING): GraphIndex {
  const initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const producers = new Map<string, NodeProto>();
  for (const node of graph.node) {
    for (const name of node.output) {
      if (name === '') continue;
      if (producers.has(name)) {
        throw new Fault('GraphError', `The tensor "${name}" is made by two nodes.`);
      }
      producers.set(name, node);
    }
  }
  const inputs = graph.input.filter(({ name }) => !initializers.has(name));
  const known = new Set([
    ...inputs.map(({ name }) => name),
    ...initializers.keys(),
    ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
  ]);
  const reads = new Map(graph.node.map((node) => [node, readBy(node)]));
  const consumers = new Map<string, NodeProto[]>();
  for (const [node, names] of reads) {
    for (const name of names) {
      if (!producers.has(name) && !known.has(name) && !outer.has(name)) {
        throw new Fault(
          'GraphError',
          `The node ${nodeTitle(node)} reads the tensor "${name}", which nothing in the file makes.`,
        );
      }
      const readers = consumers.get(name);
      if (!readers) consumers.set(name, [node]);
      else if (readers.at(-1) !== node) readers.push(node);
    }
  }
  for (const { name } of graph.output) {
    if (!producers.has(name) && !known.has(name) && !outer.has(name)) {
      throw new Fault('GraphError', `Nothing in the file makes the output "${name}".`);
    }
  }
  const order = sorted(graph.node, reads, producers);
  return { graph, producers, consumers, initializers, inputs, order };
}

/** Depth-first, so that a file already in order stays as it is; with a stack, since chains are long. */
function sorted(
  nodes: readonly NodeProto[],
  reads: ReadonlyMap<NodeProto, readonly string[]>,
  producers: ReadonlyMap<string, NodeProto>,
): NodeProto[] {
  const order: NodeProto[] = [];
  const done = new Set<NodeProto>();
  for (const root of nodes) {
    const path: { node: NodeProto; next: number }[] = done.has(root)
      ? []
      : [{ node: root, next: 0 }];
    const open = new Set([root]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const names = reads.get(top.node) ?? [];
      const name = names[top.next++];
      if (name === undefined) {
        path.pop();
        open.delete(top.node);
        done.add(top.node);
        order.push(top.node);
        continue;
      }
      const needed = producers.get(name);
      if (!needed || done.has(needed)) continue;
      if (open.has(needed))
        throw cycle(
          path.map(({ node }) => node),
          needed,
        );
      open.add(needed);
      path.push({ node: needed, next: 0 });
    }
  }
  return order;
}

const MAX_SHOWN = 4;

function cycle(path: readonly NodeProto[], start: NodeProto): Fault {
  const ring = path.slice(path.indexOf(start)).reverse().map(nodeTitle);
  const shown = ring.slice(0, MAX_SHOWN);
  const rest = ring.length - shown.length;
  const named = list(rest > 0 ? [...shown, `${rest} more`] : shown);
  return new Fault(
    'GraphError',
    ring.length === 1
      ? `The graph is cyclic: ${named} reads its own output.`
      : `The graph is cyclic: ${named} wait for one another.`,
  );
}
