import { type Frame, typeIn } from '../../inspect/shapes/infer.ts';
import { domainOf, subgraphsOf } from '../../onnx/graph.ts';
import { type GraphProto, type NodeProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';

/** A graph whose tensors are typed, with the bodies of its If, Loop and Scan. */
export interface Scope {
  readonly graph: GraphProto;
  readonly frame: Frame;
  readonly outer: Scope | null;
  readonly bodies: ReadonlyMap<NodeProto, readonly Scope[]>;
  /** Names of all tensors that this graph itself makes, holds or is given. */
  readonly own: ReadonlySet<string>;
}

export type Kind = 'float32' | 'other' | 'unknown';

/** What a name holds: one float32 tensor; something else; or nobody can tell. */
export function kindOf(scope: Scope, name: string): Kind {
  const type = typeIn(scope.frame, name);
  if (!type || type.elem === T.UNDEFINED) return 'unknown';
  return type.elem === T.FLOAT && !type.container ? 'float32' : 'other';
}

/** A sequence of float32 tensors, or an optional one: these do not change. */
export function holdsFloats(scope: Scope, name: string): boolean {
  const type = typeIn(scope.frame, name);
  return type?.elem === T.FLOAT && type.container !== undefined;
}

/** The scope in which a name stands, from the inside out. */
export function homeOf(scope: Scope, name: string): Scope | null {
  for (let at: Scope | null = scope; at; at = at.outer) if (at.own.has(name)) return at;
  return null;
}

const CONTROL = new Set(['If', 'Loop', 'Scan']);

/** Whether a node's bodies can be converted with it: all that goes in and out is of a known type. */
function convertible(node: NodeProto, frame: Frame, bodies: readonly Frame[]): boolean {
  const graphs = subgraphsOf(node);
  return (
    domainOf(node.domain) === '' &&
    CONTROL.has(node.opType) &&
    graphs.length === bodies.length &&
    node.output.every((name) => name === '' || typeIn(frame, name) !== null) &&
    graphs.every(({ graph }, i) =>
      [...graph.input, ...graph.output].every(
        ({ name }) => typeIn(bodies[i] as Frame, name) !== null,
      ),
    )
  );
}

/**
 * The scopes of a typed graph. Bodies that cannot be converted have none: their node stays in
 * float32 with all that is in it.
 */
export function scopeOf(graph: GraphProto, frame: Frame, outer: Scope | null = null): Scope {
  const bodies = new Map<NodeProto, readonly Scope[]>();
  const scope: Scope = {
    graph,
    frame,
    outer,
    bodies,
    own: new Set([
      ...graph.input.map(({ name }) => name),
      ...graph.initializer.map(({ name }) => name),
      ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
      ...graph.node.flatMap(({ output }) => output),
    ]),
  };
  for (const node of frame.order) {
    const subgraphs = subgraphsOf(node);
    const typed = frame.bodies.get(node) ?? [];
    const inOrder = subgraphs.flatMap(({ attribute }) =>
      typed.filter(({ label }) => label === attribute),
    );
    if (subgraphs.length === 0 || !convertible(node, frame, inOrder)) continue;
    bodies.set(
      node,
      subgraphs.map((each, i) => scopeOf(each.graph, inOrder[i] as Frame, scope)),
    );
  }
  return scope;
}
