import { clone, create } from '@bufbuild/protobuf';
import { GraphEditor } from './edit.ts';
import { domainOf, functionKey, functionsOf, opsetsOf, subgraphsOf } from './graph.ts';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
} from './onnx_pb.ts';

/** New names for those of a body; what is not in it keeps its name. */
type Names = Map<string, string>;

/**
 * Puts the bodies of model-local functions in place of their calls, as the ONNX specification
 * defines a call, in place; what a call makes keeps its name. Functions that need another
 * version of an operator set than the model has stay, and so do those that call themselves.
 * @returns how many calls were replaced
 */
export function inlineFunctions(model: ModelProto): number {
  const { graph } = model;
  if (!graph || model.functions.length === 0) return 0;
  return new Inliner(model, graph).run();
}

class Inliner {
  private readonly model: ModelProto;
  private readonly graph: GraphProto;
  private readonly editor: GraphEditor;
  private readonly functions: ReadonlyMap<string, FunctionProto>;
  /** Operator sets of the model, those that inlined functions brought along too. */
  private readonly opsets: Map<string, number>;
  private readonly open: FunctionProto[] = [];
  private replaced = 0;

  constructor(model: ModelProto, graph: GraphProto) {
    this.model = model;
    this.graph = graph;
    this.editor = new GraphEditor(graph);
    this.functions = functionsOf(model);
    this.opsets = new Map(opsetsOf(model));
  }

  run(): number {
    this.inGraph(this.graph);
    if (this.replaced === 0) return 0;
    const called = new Set<string>();
    const collect = (nodes: readonly NodeProto[]): void => {
      for (const node of nodes) {
        const key = functionKey(node, node.opType);
        const callee = called.has(key) ? undefined : this.functions.get(key);
        called.add(key);
        if (callee) collect(callee.node);
        for (const { graph } of subgraphsOf(node)) collect(graph.node);
      }
    };
    collect(this.graph.node);
    this.model.functions = this.model.functions.filter((each) =>
      called.has(functionKey(each, each.name)),
    );
    this.editor.finish();
    return this.replaced;
  }

  private inGraph(graph: GraphProto): void {
    graph.node = graph.node.flatMap((node) => this.expanded(node));
  }

  private expanded(node: NodeProto): NodeProto[] {
    for (const { graph } of subgraphsOf(node)) this.inGraph(graph);
    const callee = this.functions.get(functionKey(node, node.opType));
    if (!callee || this.open.includes(callee) || !this.agrees(callee)) return [node];
    this.replaced += 1;
    this.open.push(callee);
    const nodes = this.bodyOf(callee, node).flatMap((each) => this.expanded(each));
    this.open.pop();
    return nodes;
  }

  /** Takes up operator sets that the model lacks; false where it has another version. */
  private agrees(callee: FunctionProto): boolean {
    const needed = callee.opsetImport.map(
      ({ domain, version }) => [domainOf(domain), Number(version)] as const,
    );
    if (needed.some(([domain, version]) => (this.opsets.get(domain) ?? version) !== version)) {
      return false;
    }
    for (const [domain, version] of needed) {
      if (this.opsets.has(domain)) continue;
      this.opsets.set(domain, version);
      this.model.opsetImport.push(
        create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) }),
      );
    }
    return true;
  }

  private bodyOf(callee: FunctionProto, call: NodeProto): NodeProto[] {
    const prefix = call.name || callee.name;
    const names: Names = new Map([['', '']]);
    callee.input.forEach((name, i) => {
      names.set(name, call.input[i] ?? '');
    });
    const handedThrough: NodeProto[] = [];
    callee.output.forEach((name, i) => {
      const output = call.output[i] ?? '';
      if (output === '') return;
      const known = names.get(name);
      if (known === undefined) names.set(name, output);
      else {
        handedThrough.push(
          create(NodeProtoSchema, { opType: 'Identity', input: [known], output: [output] }),
        );
      }
    });
    const given = new Map<string, AttributeProto>();
    for (const each of callee.attributeProto) given.set(each.name, each);
    for (const each of call.attribute) given.set(each.name, each);
    const fresh = (name: string) => this.editor.uniqueName(`${prefix}/${name}`);
    const nodes = callee.node.map((node) => clone(NodeProtoSchema, node));
    renameAll(nodes, names, given, fresh);
    return [...nodes, ...handedThrough];
  }
}

function renameAll(
  nodes: readonly NodeProto[],
  names: Names,
  given: ReadonlyMap<string, AttributeProto>,
  fresh: (name: string) => string,
): void {
  for (const { output } of nodes) {
    for (const name of output) if (!names.has(name)) names.set(name, fresh(name));
  }
  const renamed = (name: string) => names.get(name) ?? name;
  for (const node of nodes) {
    node.name = fresh(node.name || node.opType);
    node.input = node.input.map(renamed);
    node.output = node.output.map(renamed);
    node.attribute = node.attribute.flatMap((each) => {
      if (each.refAttrName === '') return [each];
      const value = given.get(each.refAttrName);
      return value ? [{ ...clone(AttributeProtoSchema, value), name: each.name }] : [];
    });
    for (const { graph } of subgraphsOf(node)) renameGraph(graph, new Map(names), given, fresh);
  }
}

/** A subgraph's own names are new too, since those around the call may be the same. */
function renameGraph(
  graph: GraphProto,
  names: Names,
  given: ReadonlyMap<string, AttributeProto>,
  fresh: (name: string) => string,
): void {
  for (const each of [...graph.input, ...graph.initializer]) {
    const known = names.get(each.name);
    // An initializer may be an input's default, of one name.
    const own = known !== undefined && graph.input.some(({ name }) => name === known);
    names.set(each.name, own ? known : fresh(each.name));
    each.name = names.get(each.name) as string;
  }
  graph.valueInfo = [];
  renameAll(graph.node, names, given, fresh);
  for (const output of graph.output) output.name = names.get(output.name) ?? output.name;
}
