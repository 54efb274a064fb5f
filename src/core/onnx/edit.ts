import { create } from '@bufbuild/protobuf';
import { indexGraph, subgraphsOf } from './graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  ValueInfoProtoSchema,
} from './onnx_pb.ts';

/** Every name of a tensor or a node in a graph and its subgraphs: they share one name space. */
function namesIn(graph: GraphProto): string[] {
  return [
    ...graph.input.map(({ name }) => name),
    ...graph.output.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
    ...graph.node.flatMap((node) => [
      node.name,
      ...node.input,
      ...node.output,
      ...subgraphsOf(node).flatMap(({ graph: inner }) => namesIn(inner)),
    ]),
  ];
}

/**
 * Edits a graph in place. Names stay unique, and `finish` puts the nodes into an order in which
 * each comes after what it reads.
 */
export class GraphEditor {
  readonly graph: GraphProto;
  private readonly taken: Set<string>;

  constructor(graph: GraphProto) {
    this.graph = graph;
    this.taken = new Set(namesIn(graph));
  }

  /** A name that nothing in the graph has: `base`, or `base` with a number. Taken from now on. */
  uniqueName(base: string): string {
    let name = base;
    for (let i = 1; name === '' || this.taken.has(name); i++) name = `${base}_${i}`;
    this.taken.add(name);
    return name;
  }

  add(...nodes: readonly NodeProto[]): void {
    this.graph.node.push(...nodes);
  }

  remove(nodes: ReadonlySet<NodeProto>): void {
    this.graph.node = this.graph.node.filter((node) => !nodes.has(node));
  }

  /**
   * Makes every reader of one tensor read another, in subgraphs too, where no name of their own
   * hides it. Graph outputs keep their names: they are the model's promise to its callers.
   * @param except nodes that go on reading the first one
   */
  redirect(from: string, to: string, except: ReadonlySet<NodeProto> = new Set()): void {
    redirectIn(this.graph, from, to, except);
  }

  /** @throws Fault GraphError when the edits left a graph that is not one */
  finish(): void {
    this.graph.node = [...indexGraph(this.graph).order];
  }
}

function redirectIn(
  graph: GraphProto,
  from: string,
  to: string,
  except: ReadonlySet<NodeProto>,
): void {
  for (const node of graph.node) if (!except.has(node)) redirectReads(node, from, to, except);
}

/** Makes one node, and the subgraphs it holds, read one tensor for another; as `redirect`. */
export function redirectReads(
  node: NodeProto,
  from: string,
  to: string,
  except: ReadonlySet<NodeProto> = new Set(),
): void {
  node.input = node.input.map((name) => (name === from ? to : name));
  for (const { graph: inner } of subgraphsOf(node)) {
    const hidden =
      inner.input.some(({ name }) => name === from) ||
      inner.initializer.some(({ name }) => name === from) ||
      inner.node.some(({ output }) => output.includes(from));
    if (hidden) continue;
    redirectIn(inner, from, to, except);
    for (const output of inner.output) if (output.name === from) output.name = to;
  }
}

/** The model with more tensors among its outputs; shares all else with the given one. */
export function withOutputs(model: ModelProto, names: readonly string[]): ModelProto {
  if (!model.graph) return model;
  const given = new Set(model.graph.output.map(({ name }) => name));
  const added = names
    .filter((name) => !given.has(name))
    .map((name) => create(ValueInfoProtoSchema, { name }));
  return { ...model, graph: { ...model.graph, output: [...model.graph.output, ...added] } };
}
