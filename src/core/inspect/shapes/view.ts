import type { ElementCode } from '../../onnx/elements.ts';
import type { AttributeProto, GraphProto, NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import type { Dim } from './dim.ts';
import { tensorType, type ValueType } from './types.ts';

/** A node whose inputs cannot go together; the message says why, with the sizes. */
export class Contradiction extends Error {}

/** What a rule may ask of the inference around it. */
export interface Surroundings {
  /** A size of which nothing is known. */
  readonly fresh: () => Dim;
  /** Types the body of a control-flow node with these inputs and returns its outputs' types. */
  readonly body: (
    node: NodeProto,
    attribute: string,
    graph: GraphProto,
    inputs: readonly (ValueType | null)[],
  ) => readonly (ValueType | null)[];
  /** Attributes of the call, for a node inside a model-local function; else none. */
  readonly bindings: ReadonlyMap<string, AttributeProto>;
}

/** One node as a rule sees it: its attributes by name and its inputs' types. */
export class NodeView {
  readonly node: NodeProto;
  /** Version of the operator set that the node's operator comes from. */
  readonly opset: number;
  /** Null for an input that is left out, and for one of which nothing is known. */
  readonly inputs: readonly (ValueType | null)[];
  readonly fresh: () => Dim;
  private readonly around: Surroundings;

  constructor(
    node: NodeProto,
    opset: number,
    inputs: readonly (ValueType | null)[],
    around: Surroundings,
  ) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.around = around;
    this.fresh = around.fresh;
  }

  /** Whether the node is given an input in this place. */
  has(index: number): boolean {
    return Boolean(this.node.input[index]);
  }

  /** Type of an input; null when left out or not known. */
  input(index: number): ValueType | null {
    return this.inputs[index] ?? null;
  }

  shape(index: number): readonly Dim[] | null {
    return this.input(index)?.shape ?? null;
  }

  elem(index: number): ElementCode | null {
    return this.input(index)?.elem ?? null;
  }

  /** An input's content, where it is known; symbolic sizes included. */
  items(index: number): readonly Dim[] | null {
    return this.input(index)?.items ?? null;
  }

  /** An input's content, where every item of it is a known number. */
  numbers(index: number): readonly number[] | null {
    const items = this.items(index);
    return items?.every((item) => typeof item === 'number') ? items : null;
  }

  /** A tensor of an input's element type; null when that is not known. */
  like(index: number, shape: readonly Dim[] | null, items?: readonly Dim[] | null) {
    const elem = this.elem(index);
    return elem === null ? null : tensorType(elem, shape, items);
  }

  get outputs(): number {
    return this.node.output.length;
  }

  attribute(name: string): AttributeProto | null {
    const own = this.node.attribute.find((each) => each.name === name);
    if (!own?.refAttrName) return own ?? null;
    return this.around.bindings.get(own.refAttrName) ?? null;
  }

  int(name: string, fallback: number): number;
  int(name: string, fallback: null): number | null;
  int(name: string, fallback: number | null): number | null {
    const found = this.attribute(name);
    return found ? Number(found.i) : fallback;
  }

  /** A list of whole numbers; null when the attribute is not there. */
  ints(name: string): number[] | null {
    return this.attribute(name)?.ints.map(Number) ?? null;
  }

  float(name: string, fallback: number): number {
    return this.attribute(name)?.f ?? fallback;
  }

  floats(name: string): readonly number[] | null {
    return this.attribute(name)?.floats ?? null;
  }

  text(name: string, fallback: string): string {
    const found = this.attribute(name);
    // ONNX strings are bytes; those of the standard operators are ASCII.
    return found ? String.fromCharCode(...found.s) : fallback;
  }

  tensor(name: string): TensorProto | null {
    return this.attribute(name)?.t ?? null;
  }

  /** Types a body of this node (an attribute that holds a graph); null when it has none. */
  body(attribute: string, inputs: readonly (ValueType | null)[]) {
    const graph = this.attribute(attribute)?.g;
    return graph ? this.around.body(this.node, attribute, graph, inputs) : null;
  }
}

/** Types of a node's outputs, in order; null for those of which it can say nothing. */
export type ShapeRule = (node: NodeView) => readonly (ValueType | null)[];

/** Rules by operator type, of one domain. */
export type Rules = Readonly<Record<string, ShapeRule>>;
