import type { InspectedNode, Inspection, Port } from '../inspection.ts';
import type { ValueType } from '../shapes/types.ts';

/** One tensor with the nodes that make and read it. */
export interface Link {
  /** Place among all links. */
  readonly id: number;
  readonly name: string;
  readonly type: ValueType | null;
  /** A weight, or computed from weights alone. */
  readonly constant: boolean;
  /** The node that makes it; null for what the model, a body or the file gives. */
  readonly maker: number | null;
  /** Nodes that read it, each once, in the order of the listing; those in bodies too. */
  readonly readers: readonly number[];
  /** An input of the model. */
  readonly given: boolean;
  /** An output of the model. */
  readonly wanted: boolean;
}

/** Who makes and who reads what, by node; null for ports without a name. */
export interface Links {
  readonly all: readonly Link[];
  /** What each node reads, in the order of its ports. */
  readonly inputs: readonly (readonly (Link | null)[])[];
  readonly outputs: readonly (readonly (Link | null)[])[];
}

interface OpenLink extends Link {
  readonly readers: number[];
}

/** The tensors of one graph by name; a body of a node sees those of the graph around it. */
interface Scope {
  readonly links: Map<string, OpenLink>;
  readonly outer: Scope | null;
}

function find(scope: Scope | null, name: string): OpenLink | null {
  for (let at = scope; at; at = at.outer) {
    const link = at.links.get(name);
    if (link) return link;
  }
  return null;
}

/** Connects the nodes of a listing. Names are looked up in a node's own graph, then around it. */
export function linksOf({
  nodes,
  inputs: given,
  outputs: wanted,
}: Pick<Inspection, 'nodes' | 'inputs' | 'outputs'>): Links {
  const outputNames = new Set(wanted.map(({ name }) => name));
  const all: OpenLink[] = [];
  const main: Scope = { links: new Map(), outer: null };
  const scopes = new Map<string, Scope>();
  const scopeAt: Scope[] = [];

  const scopeOf = ({ within, body }: InspectedNode): Scope => {
    const around = within.at(-1);
    if (around === undefined) return main;
    const key = `${around}/${body}`;
    // A function's body is called by the function's name, and sees nothing but its inputs.
    const isFunction = nodes[around]?.operator === body;
    const scope = scopes.get(key) ?? {
      links: new Map(),
      outer: isFunction ? null : (scopeAt[around] ?? null),
    };
    scopes.set(key, scope);
    return scope;
  };
  const add = (scope: Scope, { name, type, constant }: Port, maker: number | null) => {
    const inMain = scope === main;
    const link: OpenLink = {
      id: all.length,
      name,
      type,
      constant,
      maker,
      readers: [],
      given: inMain && maker === null && !constant,
      wanted: inMain && outputNames.has(name),
    };
    all.push(link);
    scope.links.set(name, link);
    return link;
  };
  const types = new Map<string, ValueType | null>();
  for (const { within, inputs } of nodes) {
    if (within.length === 0) for (const { name, type } of inputs) types.set(name, type);
  }
  for (const { name } of given) {
    add(main, { name, type: types.get(name) ?? null, constant: false }, null);
  }
  const inputs: (Link | null)[][] = [];
  const outputs: (Link | null)[][] = [];
  for (const node of nodes) {
    const scope = scopeOf(node);
    scopeAt[node.id] = scope;
    inputs[node.id] = node.inputs.map((port) => {
      if (port.name === '') return null;
      const link = find(scope, port.name) ?? stored(scope, port, add);
      if (link.readers.at(-1) !== node.id) link.readers.push(node.id);
      return link;
    });
    outputs[node.id] = node.outputs.map((port) =>
      port.name === '' ? null : add(scope, port, node.id),
    );
  }
  return { all, inputs, outputs };
}

/**
 * What no node makes: a weight, or what a body is given. Neither is an input of the model; a
 * weight is known to the outermost graph, so that its readers in bodies are found too.
 */
function stored(
  scope: Scope,
  port: Port,
  add: (scope: Scope, port: Port, maker: null) => OpenLink,
): OpenLink {
  let at = scope;
  if (port.constant) while (at.outer) at = at.outer;
  return add(at, port, null);
}
