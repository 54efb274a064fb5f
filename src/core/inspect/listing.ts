import { elementBits } from '../onnx/elements.ts';
import { domainOf, readBy } from '../onnx/graph.ts';
import { type NodeProto, TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { attributeText } from './attributes.ts';
import { type Constants, constantsOf, isWeightPlace, readingOrder } from './constants.ts';
import {
  addCosts,
  bytesOf,
  type Cost,
  costOf,
  elementsOf,
  isView,
  NO_COST,
  type Sized,
  scaleCost,
} from './cost.ts';
import type { InspectedNode, Inspection, Port } from './inspection.ts';
import { lifetimesOf } from './lifetimes.ts';
import { isKnown } from './shapes/dims.ts';
import { type Frame, typeIn } from './shapes/infer.ts';
import type { ValueType } from './shapes/types.ts';

/** Contents up to this length are listed with a node; longer ones are only counted. */
const SHOWN_ITEMS = 16;

/** Shapes and indices are not parameters. */
const isWeight = ({ elem }: ValueType) => elem !== T.INT64 && elem !== T.BOOL && elem !== T.STRING;

/** Null where the size is not known, or past counting. */
function sized(type: ValueType | null): Sized | null {
  if (!type?.shape || !isKnown(type.shape) || type.container || elementBits(type.elem) === 0) {
    return null;
  }
  const tensor = { elem: type.elem, shape: type.shape };
  return elementsOf(tensor) <= Number.MAX_SAFE_INTEGER ? tensor : null;
}

interface Total {
  readonly cost: Cost;
  readonly peak: Inspection['peak'];
}

/** Gathers nodes of all frames in one list. */
export class Listing {
  readonly nodes: InspectedNode[] = [];
  parameters = 0;
  /** Constants already among the parameters: a type belongs to one tensor. */
  private readonly counted = new Set<ValueType>();

  /** Lists a frame and its bodies; gives its total and what it needs at its fullest moment. */
  add(frame: Frame, within: readonly number[], outer: Constants | null): Total {
    const constants = constantsOf(frame, outer);
    const order = readingOrder(frame, constants);
    const inside = new Map<NodeProto, number>();
    const places = new Map<NodeProto, number>();
    let cost = NO_COST;
    for (const node of order) {
      const id = this.nodes.length;
      places.set(node, id);
      const bodies = frame.bodies.get(node) ?? [];
      // Its place is taken before its bodies': they stand under it.
      this.nodes.push(this.describe(node, frame, constants, within, id));
      const totals = bodies.map((body) =>
        this.add(body, [...within, id], body.outer ? constants : null),
      );
      if (bodies.length > 0) {
        inside.set(node, Math.max(...totals.map(({ peak }) => peak?.bytes ?? 0)));
        const total = bodiesCost(node, frame, totals);
        this.nodes[id] = { ...(this.nodes[id] as InspectedNode), cost: total };
      }
      cost = addCosts(cost, this.nodes[id]?.cost ?? NO_COST);
    }
    const { live, peak, peakAt } = frameLifetimes(
      frame,
      order,
      constants,
      inside,
      within.length > 0,
    );
    order.forEach((node, i) => {
      const id = places.get(node) as number;
      if (within.length > 0) return;
      this.nodes[id] = { ...(this.nodes[id] as InspectedNode), live: live[i] ?? 0 };
    });
    const fullest = order[peakAt];
    return { cost, peak: fullest ? { bytes: peak, node: places.get(fullest) as number } : null };
  }

  private describe(
    node: NodeProto,
    frame: Frame,
    { folded, names }: Constants,
    within: readonly number[],
    id: number,
  ): InspectedNode {
    const inputs = node.input.map((name) => (name === '' ? null : typeIn(frame, name)));
    const outputs = node.output.map((name) => frame.types.get(name) ?? null);
    const isFolded = folded.has(node);
    const cost = isFolded ? NO_COST : nodeCost(node, inputs, outputs);
    const port = (name: string, type: ValueType | null): Port => ({
      name,
      type: type && withoutLongItems(type),
      constant: names.has(name),
    });
    return {
      id,
      name: node.name,
      operator: node.opType,
      domain: domainOf(node.domain),
      within,
      body: frame.label,
      inputs: node.input.map((name, i) => port(name, inputs[i] ?? null)),
      outputs: node.output.map((name, i) => port(name, outputs[i] ?? null)),
      attributes: node.attribute.map((each) => [each.name, attributeText(each)]),
      cost,
      parameters: this.parametersOf(node, inputs, names),
      folded: isFolded,
      live: null,
      problem: frame.problems.get(node) ?? (cost ? null : missing(node, inputs, outputs)),
    };
  }

  private parametersOf(
    node: NodeProto,
    inputs: readonly (ValueType | null)[],
    constants: ReadonlySet<string>,
  ): number {
    // Of a chain of constant nodes, what comes out at its end counts.
    if (node.output.every((name) => constants.has(name))) return 0;
    let sum = 0;
    node.input.forEach((name, i) => {
      const type = inputs[i];
      if (!type || !constants.has(name) || !isWeight(type) || !isWeightPlace(node.opType, i))
        return;
      const elements = elementsOf(sized(type));
      sum += elements;
      if (this.counted.has(type)) return;
      this.counted.add(type);
      this.parameters += elements;
    });
    return sum;
  }
}

const withoutLongItems = ({ items, ...type }: ValueType): ValueType =>
  items && items.length <= SHOWN_ITEMS ? { ...type, items } : type;

function nodeCost(
  { opType, attribute }: NodeProto,
  inputs: readonly (ValueType | null)[],
  outputs: readonly (ValueType | null)[],
): Cost | null {
  const [ins, outs] = [inputs.map(sized), outputs.map(sized)];
  // An input that is given and whose size is not known leaves the cost unknown.
  const open = [...inputs, ...outputs].some((type, i) => type && ![...ins, ...outs][i]);
  if ((open || !outs.some(Boolean)) && !isView(opType)) return null;
  const find = (name: string) => attribute.find((each) => each.name === name) ?? null;
  return costOf(opType, {
    inputs: ins,
    outputs: outs,
    int: (name) => (find(name) ? Number(find(name)?.i) : null),
    ints: (name) => find(name)?.ints.map(Number) ?? null,
    text: (name) => {
      const bytes = find(name)?.s;
      return bytes ? String.fromCharCode(...bytes) : null;
    },
  });
}

function missing(
  { opType }: NodeProto,
  inputs: readonly (ValueType | null)[],
  outputs: readonly (ValueType | null)[],
): string {
  const open = [...inputs, ...outputs].some((type) => type && !sized(type));
  return open || !outputs.some(Boolean)
    ? 'The size of an input or output is not known before a run.'
    : `There is no cost formula for ${opType}.`;
}

/** One branch of If runs; a body of Loop or Scan runs as often as it is told; a function once. */
function bodiesCost(node: NodeProto, frame: Frame, totals: readonly Total[]): Cost {
  const dearest = totals
    .map(({ cost }) => cost)
    .reduce((a, b) => (b.flops > a.flops || (b.flops === a.flops && b.read > a.read) ? b : a));
  const trips = node.opType === 'Loop' ? typeIn(frame, node.input[0] ?? '')?.items?.[0] : 1;
  // A loop that ends by its condition alone may end after any number of trips: one is counted.
  return scaleCost(dearest, typeof trips === 'number' && trips < MAX_TRIPS ? trips : 1);
}

/** Exporters write "for ever" as the greatest number there is. */
const MAX_TRIPS = 2 ** 31 - 1;

function frameLifetimes(
  frame: Frame,
  order: readonly NodeProto[],
  constants: Constants,
  inside: ReadonlyMap<NodeProto, number>,
  isBody: boolean,
) {
  const made = new Set(order.flatMap(({ output }) => output));
  const given = [...frame.types.keys()].filter((name) => !made.has(name));
  // What a body is given are tensors of the frame around it, which counts them.
  const own = new Set(isBody ? [] : given);
  const size = (name: string) =>
    constants.names.has(name) || !(made.has(name) || own.has(name))
      ? 0
      : bytesOf(sized(frame.types.get(name) ?? null));
  return lifetimesOf(order, [...own], frame.outputs, size, readBy, (node) => inside.get(node) ?? 0);
}
