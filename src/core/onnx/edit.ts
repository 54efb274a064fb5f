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
    redirectIn(this.graph, new Map([[from, to]]), except);
  }

  /** `redirect` for any number of tensors in one pass. What one of them becomes is not looked up again. */
  redirectAll(renames: ReadonlyMap<string, string>, except: ReadonlySet<NodeProto>): void {
    redirectIn(this.graph, renames, except);
  }

  /** @throws Fault GraphError when the edits left a graph that is not one */
  finish(): void {
    this.graph.node = [...indexGraph(this.graph).order];
  }
}

function redirectIn(
  graph: GraphProto,
  renames: ReadonlyMap<string, string>,
  except: ReadonlySet<NodeProto>,
): void {
  for (const node of graph.node) if (!except.has(node)) renameReads(node, renames, except);
}

/** Makes one node, and the subgraphs it holds, read one tensor for another; as `redirect`. */
export function redirectReads(node: NodeProto, from: string, to: string): void {
  renameReads(node, new Map([[from, to]]), new Set());
}

function renameReads(
  node: NodeProto,
  renames: ReadonlyMap<string, string>,
  except: ReadonlySet<NodeProto>,
): void {
  node.input = node.input.map((name) => renames.get(name) ?? name);
  for (const { graph: inner } of subgraphsOf(node)) {
    const seen = visibleIn(inner, renames);
    if (seen.size === 0) continue;
    redirectIn(inner, seen, except);
    for (const output of inner.output) output.name = seen.get(output.name) ?? output.name;
  }
}

/** Renames that hold inside a subgraph: those of names that none of its own hides. */
function visibleIn(
  inner: GraphProto,
  renames: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [
    ...inner.input.map(({ name }) => name),
    ...inner.initializer.map(({ name }) => name),
    ...inner.node.flatMap(({ output }) => output),
  ];
  const seen = new Map(renames);
  for (const name of own) seen.delete(name);
  return seen;
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
