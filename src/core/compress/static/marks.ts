import { type NodeProto, TensorProto_DataType as T, type TensorProto } from '../../onnx/onnx_pb.ts';
import { limitsOf } from './limits.ts';
import type { Ranges } from './ranges.ts';
import type { Subject } from './subject.ts';

/** Where a node reads a tensor. */
export interface Place {
  readonly node: NodeProto;
  readonly index: number;
}

/** An activation that gets a QuantizeLinear and a DequantizeLinear. */
export interface ActivationMark {
  /** The tensor whose scale it takes; null for its own. */
  readonly sharedWith: string | null;
}

/** A constant that is stored as codes with a DequantizeLinear. */
export interface ConstantMark {
  readonly name: string;
  readonly tensor: TensorProto;
  /** Weights have the type of weights, all else that of activations. */
  readonly role: 'weight' | 'activation';
  /** Null: one scale for all. */
  readonly axis: number | null;
  /** The codes stand for the constant times this. */
  readonly factor: number;
  readonly places: Place[];
}

/** A bias that is stored as int32, its scale the product of those of input and weights. */
export interface BiasMark {
  readonly name: string;
  readonly tensor: TensorProto;
  readonly place: Place;
  readonly input: string;
  readonly weight: string | ConstantMark;
  /** The codes stand for the bias times this. */
  readonly factor: number;
}

export interface MarkerOptions {
  readonly perChannel: boolean;
  /** Relu and Clip go where the codes of an asymmetric type end where they do. */
  readonly absorb: boolean;
}

/**
 * Collects which tensors are to be quantized and how, as the rules of the operators say it node by
 * node, in the graph's order: what a node does may depend on what those before it did.
 */
export class Marker {
  readonly subject: Subject;
  readonly activations = new Map<string, ActivationMark>();
  readonly constants = new Map<string, ConstantMark[]>();
  readonly biases: BiasMark[] = [];
  /** Relu and Clip nodes that go, in order: the node before makes what they made. */
  readonly absorbed: NodeProto[] = [];
  /** Nodes that read a tensor as codes. */
  readonly readers = new Map<string, Set<NodeProto>>();
  /** Nodes that asked for a tensor, as input or output. */
  readonly askers = new Map<string, Set<NodeProto>>();
  /** Null while it is only asked which ranges are needed. */
  private readonly ranges: Ranges | null;
  private readonly options: MarkerOptions;

  constructor(subject: Subject, ranges: Ranges | null, options: MarkerOptions) {
    this.subject = subject;
    this.ranges = ranges;
    this.options = options;
  }

  rank(name: string): number | null {
    return this.subject.frame.types.get(name)?.shape?.length ?? null;
  }

  constant(name: string): TensorProto | null {
    return this.subject.constants.get(name) ?? null;
  }

  /** Whether it is a float32 tensor that can be written as codes. */
  isFloat(name: string | undefined): name is string {
    if (!name) return false;
    const { constants, frame, index, graph } = this.subject;
    if (constants.has(name)) return true;
    const type = frame.types.get(name);
    if (!type || type.container || type.elem !== T.FLOAT) return false;
    return (
      !index.initializers.has(name) &&
      !graph.sparseInitializer.some(({ values }) => values?.name === name)
    );
  }

  isMarked(name: string | undefined): boolean {
    return Boolean(name && (this.activations.has(name) || this.constants.has(name)));
  }

  /** Input or output `name` of a node, with a scale of its own. Anything but float is passed over. */
  activation(node: NodeProto, name: string | undefined): void {
    if (!this.isFloat(name)) return;
    if (this.constant(name)) {
      this.places(node, name).forEach((place) => {
        this.constantMark(place, name, 'activation', null, 1);
      });
      return;
    }
    this.note(node, name);
    if (!this.activations.has(name)) this.activations.set(name, { sharedWith: null });
  }

  /** An output with the scale of an input: the codes are only moved. */
  sameAs(node: NodeProto, output: string, input: string): void {
    if (!this.isFloat(output)) return;
    this.activation(node, input);
    this.note(node, output);
    this.activations.set(output, { sharedWith: input });
  }

  /**
   * The weights of a node. Those that are no constant count as an activation.
   * @param axis of the channels; null, or one that the weights do not have, for one scale for all
   */
  weight(
    node: NodeProto,
    index: number,
    axis: number | null,
    factor = 1,
  ): string | ConstantMark | null {
    const name = node.input[index];
    if (!this.isFloat(name)) return null;
    const tensor = this.constant(name);
    if (!tensor) {
      this.activation(node, name);
      return name;
    }
    const rank = tensor.dims.length;
    const channels =
      this.options.perChannel && axis !== null && axis < rank && axis >= -rank
        ? (axis + rank) % rank
        : null;
    return this.constantMark({ node, index }, name, 'weight', channels, factor);
  }

  bias(
    node: NodeProto,
    index: number,
    input: string,
    weight: string | ConstantMark,
    factor = 1,
  ): void {
    const name = node.input[index] ?? '';
    const tensor = this.constant(name);
    if (tensor) this.biases.push({ name, tensor, place: { node, index }, input, weight, factor });
  }

  /**
   * Lets a Relu or Clip be done by the codes of its output, which end where it does.
   * @returns false where the node must stay
   */
  absorb(node: NodeProto): boolean {
    const { subject, ranges, options } = this;
    const [input = ''] = node.input;
    const [output = ''] = node.output;
    if (!ranges || !options.absorb || !this.activations.has(input)) return false;
    if (!subject.index.producers.has(input) || subject.readings.get(input) !== 1) return false;
    const limits = limitsOf(node, subject.constants);
    const codes = limits && ranges.span(output);
    if (!codes) return false;
    const tolerance = codes.scale / 2;
    if (codes.low < limits.low - tolerance || codes.high > limits.high + tolerance) return false;
    this.note(node, input);
    this.activations.delete(input);
    this.absorbed.push(node);
    return true;
  }

  private constantMark(
    place: Place,
    name: string,
    role: ConstantMark['role'],
    axis: number | null,
    factor: number,
  ): ConstantMark {
    const marks = this.constants.get(name) ?? [];
    this.constants.set(name, marks);
    const known = marks.find(
      (mark) => mark.role === role && mark.axis === axis && mark.factor === factor,
    );
    if (known) {
      known.places.push(place);
      return known;
    }
    const tensor = this.subject.constants.get(name) as TensorProto;
    const mark: ConstantMark = { name, tensor, role, axis, factor, places: [place] };
    marks.push(mark);
    return mark;
  }

  private places(node: NodeProto, name: string): Place[] {
    return node.input.flatMap((input, index) => (input === name ? [{ node, index }] : []));
  }

  private note(node: NodeProto, name: string): void {
    add(this.askers, name, node);
    if (node.input.includes(name)) add(this.readers, name, node);
  }
}

function add(to: Map<string, Set<NodeProto>>, name: string, node: NodeProto): void {
  const nodes = to.get(name);
  if (nodes) nodes.add(node);
  else to.set(name, new Set([node]));
}
