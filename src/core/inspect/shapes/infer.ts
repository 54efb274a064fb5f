import { Fault, toError } from '../../errors.ts';
import { count } from '../../format.ts';
import {
  domainOf,
  functionGraph,
  functionKey,
  functionsOf,
  type GraphIndex,
  indexGraph,
  type Names,
  opsetsOf,
} from '../../onnx/graph.ts';
import type {
  AttributeProto,
  FunctionProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  TypeProto,
} from '../../onnx/onnx_pb.ts';
import { isNameless } from '../../tensors/tensors.ts';
import { isKnown, symbol } from './dims.ts';
import { ruleFor } from './operators/registry.ts';
import { storedType } from './stored.ts';
import { curbed, declaredType, filled, tensorType, Unknowns, type ValueType } from './types.ts';
import { Contradiction, NodeView } from './view.ts';

/** One graph with its types: the main graph, a branch, a loop's body, a function's body. */
export interface Frame {
  /** '' for the main graph, else the attribute or the function that the body belongs to. */
  readonly label: string;
  readonly order: readonly NodeProto[];
  readonly initializers: ReadonlyMap<string, TensorProto>;
  /** Types of all tensors that could be typed, by name; those of frames around it are not here. */
  readonly types: ReadonlyMap<string, ValueType>;
  readonly outputs: readonly string[];
  /** Bodies of nodes of this frame. */
  readonly bodies: ReadonlyMap<NodeProto, readonly Frame[]>;
  readonly opsets: ReadonlyMap<string, number>;
  /** Why a node's outputs could not be typed. */
  readonly problems: ReadonlyMap<NodeProto, string>;
  readonly outer: Frame | null;
}

export interface InferOptions {
  /** Sizes for dynamic dimensions, by name; nameless ones go by `input[axis]`. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Types seen in a run with these sizes, by tensor: they take the place of what rules leave open. */
  readonly observed?: ReadonlyMap<string, ValueType>;
}

/** Label of the main graph. */
const MAIN = '';

type Types = Map<string, ValueType>;

/** A frame that is being filled. */
interface OpenFrame extends Frame {
  readonly types: Types;
  readonly outer: OpenFrame | null;
  /** Everything that a body in this frame can read. */
  readonly names: Names;
  readonly bodies: Map<NodeProto, readonly Frame[]>;
  readonly problems: Map<NodeProto, string>;
}

/** The type a name has in a frame or around it. */
export function typeIn(frame: Frame | null, name: string): ValueType | null {
  for (let at = frame; at; at = at.outer) {
    const type = at.types.get(name);
    if (type) return type;
  }
  return null;
}

/**
 * Types every tensor that can be typed without a run. A tensor that cannot is left out, and the
 * node that makes it is among the problems with the reason.
 * @throws Fault GraphError for a graph that is none (`indexGraph`), DimensionError for weights
 *   that contradict their shape
 */
export function inferTypes(model: ModelProto, options: InferOptions = {}): Frame {
  return new Inference(model, options).main();
}

/** What was seen, where inference left a size open; its own answer where it left none. */
const settled = (inferred: ValueType | null, seen: ValueType | null): ValueType | null =>
  seen && !(inferred?.shape && isKnown(inferred.shape)) ? seen : inferred;

/** Functions that call functions can come to any number of nodes from a file of a few. */
const MAX_NODES = 200_000;

class Inference {
  private readonly model: ModelProto;
  private readonly sizes: Readonly<Record<string, number>>;
  private readonly observed: ReadonlyMap<string, ValueType>;
  private readonly functions: ReadonlyMap<string, FunctionProto>;
  private readonly unknowns = new Unknowns();
  private visited = 0;
  /** Functions being inferred: ONNX forbids recursion, files can contain it. */
  private readonly calls: FunctionProto[] = [];
  /** Bodies are typed once for every turn and every call, and indexed once. */
  private readonly indexes = new Map<GraphProto | FunctionProto, GraphIndex>();

  constructor(model: ModelProto, { sizes = {}, observed = new Map() }: InferOptions) {
    this.model = model;
    this.sizes = sizes;
    this.observed = observed;
    this.functions = functionsOf(model);
  }

  main(): Frame {
    const graph = this.model.graph as GraphProto;
    const index = indexGraph(graph);
    const types: Types = new Map();
    for (const { name, type } of index.inputs) {
      const declared = this.declared(type, name);
      if (declared) types.set(name, declared);
    }
    return this.graph(MAIN, index, types, null, opsetsOf(this.model), new Map());
  }

  private indexed(key: GraphProto | FunctionProto, index: () => GraphIndex): GraphIndex {
    const found = this.indexes.get(key) ?? index();
    this.indexes.set(key, found);
    return found;
  }

  private declared(type: TypeProto | undefined, input?: string): ValueType | null {
    const { fresh } = this.unknowns;
    if (input === undefined) return declaredType(type, fresh, this.sizes);
    return declaredType(type, fresh, this.sizes, (dim, axis) => {
      const name = typeof dim === 'number' || isNameless(dim) ? `${input}[${axis}]` : dim;
      if (typeof dim === 'number' && dim >= 0) return dim;
      return Object.hasOwn(this.sizes, name) ? (this.sizes[name] as number) : symbol(name);
    });
  }

  private graph(
    label: string,
    { graph, order, initializers, producers }: GraphIndex,
    types: Types,
    outer: OpenFrame | null,
    opsets: ReadonlyMap<string, number>,
    bindings: ReadonlyMap<string, AttributeProto>,
  ): Frame {
    for (const tensor of initializers.values()) types.set(tensor.name, storedType(tensor));
    for (const { values, dims } of graph.sparseInitializer) {
      if (values) types.set(values.name, tensorType(values.dataType, dims.map(Number)));
    }
    const declared = new Map<string, ValueType>();
    for (const { name, type } of [...graph.valueInfo, ...graph.output]) {
      const found = this.declared(type);
      if (found) declared.set(name, found);
    }
    const outputs = graph.output.map(({ name }) => name);
    const given = new Set(graph.input.map(({ name }) => name));
    const own = [producers, given, initializers, types];
    const names = {
      has: (name: string) => own.some((set) => set.has(name)) || Boolean(outer?.names.has(name)),
    };
    const frame: OpenFrame = {
      label,
      order,
      initializers,
      types,
      outputs,
      bodies: new Map(),
      opsets,
      problems: new Map(),
      outer,
      names,
    };
    for (const node of order) this.node(node, frame, declared, bindings);
    return frame;
  }

  private node(
    node: NodeProto,
    frame: OpenFrame,
    declared: ReadonlyMap<string, ValueType>,
    bindings: ReadonlyMap<string, AttributeProto>,
  ): void {
    this.visited += 1;
    if (this.visited > MAX_NODES) {
      throw new Fault(
        'GraphError',
        `The model has more than ${count(MAX_NODES)} nodes once its functions are inlined and its loops entered.`,
      );
    }
    const domain = domainOf(node.domain);
    const opset = frame.opsets.get(domain) ?? 1;
    const inputs = node.input.map((name) => (name === '' ? null : typeIn(frame, name)));
    const bodies: Frame[] = [];
    const view = new NodeView(node, opset, inputs, {
      fresh: this.unknowns.fresh,
      bindings,
      body: (_, attribute, graph, given) => {
        const body = this.body(attribute, graph, given, frame, bindings);
        // A loop's body may be typed twice, first with the shapes it starts from.
        const at = bodies.findIndex(({ label }) => label === attribute);
        bodies.splice(at < 0 ? bodies.length : at, at < 0 ? 0 : 1, body);
        return body.outputs.map((name) => typeIn(body, name));
      },
    });
    let outputs: readonly (ValueType | null)[] | null = null;
    try {
      outputs = this.outputsOf(view, domain, frame, bodies);
    } catch (thrown) {
      if (!(thrown instanceof Contradiction)) throw thrown;
      frame.problems.set(node, toError(thrown).message);
    }
    if (bodies.length > 0) frame.bodies.set(node, bodies);
    node.output.forEach((name, i) => {
      if (name === '') return;
      const seen = frame.label === MAIN ? (this.observed.get(name) ?? null) : null;
      const inferred = curbed(outputs?.[i] ?? null, this.unknowns.fresh);
      const type = settled(filled(inferred, declared.get(name) ?? null), seen);
      if (type) frame.types.set(name, type);
      else if (!frame.problems.has(node)) {
        const operator = domain ? `${domain}.${node.opType}` : node.opType;
        frame.problems.set(
          node,
          outputs
            ? `The type of "${name}" could not be inferred.`
            : `There is no rule for the operator ${operator}.`,
        );
      }
    });
  }

  /** Null where there is no rule. */

  private outputsOf(
    view: NodeView,
    domain: string,
    frame: OpenFrame,
    bodies: Frame[],
  ): readonly (ValueType | null)[] | null {
    const { node } = view;
    const local = this.functions.get(functionKey(node, node.opType));
    if (local) {
      const body = this.call(local, view, frame);
      bodies.push(body);
      return body.outputs.map((name) => typeIn(body, name));
    }
    const rule = ruleFor(domain, node.opType);
    return rule?.(view) ?? null;
  }

  private body(
    label: string,
    graph: GraphProto,
    inputs: readonly (ValueType | null)[],
    outer: OpenFrame,
    bindings: ReadonlyMap<string, AttributeProto>,
  ): Frame {
    const index = this.indexed(graph, () => indexGraph(graph, outer.names));
    const types: Types = new Map();
    graph.input.forEach(({ name, type }, i) => {
      const known = filled(inputs[i] ?? null, this.declared(type));
      if (known) types.set(name, known);
    });
    return this.graph(label, index, types, outer, outer.opsets, bindings);
  }

  private call(callee: FunctionProto, view: NodeView, caller: Frame): Frame {
    if (this.calls.includes(callee)) {
      throw new Contradiction(`The function ${callee.name} calls itself.`);
    }
    const types: Types = new Map();
    callee.input.forEach((name, i) => {
      const type = view.input(i);
      if (type) types.set(name, type);
    });
    const bindings = new Map<string, AttributeProto>();
    for (const fallback of callee.attributeProto) bindings.set(fallback.name, fallback);
    for (const { name } of view.node.attribute) {
      const given = view.attribute(name);
      if (given) bindings.set(name, given);
    }
    const index = this.indexed(callee, () => indexGraph(functionGraph(callee)));
    this.calls.push(callee);
    try {
      const opsets = new Map([...caller.opsets, ...opsetsOf(callee)]);
      return this.graph(callee.name, index, types, null, opsets, bindings);
    } finally {
      this.calls.pop();
    }
  }
}
