import { create } from '@bufbuild/protobuf';
import { GraphEditor } from '../../onnx/edit.ts';
import { readBy } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import type { QuantParams } from '../formulas.ts';
import { dropAttribute } from './attributes.ts';
import type { Plan } from './decide.ts';
import type { BiasMark, ConstantMark, Place } from './marks.ts';
import { type Quantizers, rootOf } from './scales.ts';
import type { Subject } from './subject.ts';
import { codesOf, floatsOf, type Quantizer, quantizeBias } from './weights.ts';

/** Names of the stored scale and zero point of a tensor. */
interface Stored {
  readonly scale: string;
  readonly zeroPoint: string;
}

/** How a tensor came out. */
interface Written extends Stored {
  /** Scales, one for each channel. */
  readonly scales: Float32Array;
  /** What its readers read. */
  readonly output: string;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

function read({ node, index }: Place, name: string): void {
  node.input = node.input.map((each, i) => (i === index ? name : each));
}

/**
 * Writes a plan into the graph: constants as codes with a DequantizeLinear, activations with a
 * QuantizeLinear and a DequantizeLinear, biases as int32, named as onnxruntime's tool names them
 * so that files can be compared.
 */
export class Emitter {
  private readonly subject: Subject;
  private readonly plan: Plan;
  private readonly quantizers: Quantizers;
  private readonly domain: string;
  private readonly editor: GraphEditor;
  private readonly graph: GraphProto;
  /** Of tensors that keep a name for float readers: what they read now. */
  private readonly renames = new Map<string, string>();
  private readonly written = new Map<string | ConstantMark, Written>();
  private readonly makers: Map<string, NodeProto>;
  /** Nodes that quantize: they go on reading what they are given here. */
  private readonly added = new Set<NodeProto>();
  /** Constants whose name a DequantizeLinear took over. */
  private readonly replaced = new Set<string>();

  constructor(subject: Subject, plan: Plan, quantizers: Quantizers, domain: string) {
    this.subject = subject;
    this.plan = plan;
    this.quantizers = quantizers;
    this.domain = domain;
    this.graph = subject.graph;
    this.editor = new GraphEditor(subject.graph);
    this.makers = new Map(subject.index.producers);
  }

  run(): void {
    const { marker } = this.plan;
    this.absorb();
    for (const quantizer of this.quantizers.values()) this.constant(quantizer);
    for (const [name, { sharedWith }] of marker.activations) {
      if (sharedWith === null) this.activation(name, this.ownParameters(name));
    }
    for (const [name, { sharedWith }] of marker.activations) {
      if (sharedWith !== null) this.activation(name, this.sourceOf(sharedWith));
    }
    for (const bias of marker.biases) this.bias(bias);
    this.editor.add(...this.added);
    this.editor.redirectAll(this.renames, this.added);
    this.removeReplaced();
    this.editor.finish();
    this.dropStaleTypes();
  }

  /** The node before a Relu or Clip makes what that made. */
  private absorb(): void {
    const { absorbed } = this.plan.marker;
    for (const node of absorbed) {
      const [input = ''] = node.input;
      const [output = ''] = node.output;
      const maker = this.makers.get(input) as NodeProto;
      maker.output = maker.output.map((name) => (name === input ? output : name));
      this.makers.set(output, maker);
    }
    this.editor.remove(new Set(absorbed));
  }

  private sourceOf(name: string): Omit<Written, 'output'> {
    const found = this.written.get(rootOf(this.plan.marker, name));
    if (!found) throw new Error(`No scale was written for "${name}".`);
    return found;
  }

  private ownParameters(name: string): Omit<Written, 'output'> {
    const params = this.plan.ranges.params(name) as QuantParams;
    const { array, element } = this.plan.ranges.type;
    const zero = array(1);
    zero[0] = params.zeroPoint;
    const scales = Float32Array.of(params.scale);
    return { ...this.store(name, [], scales, element, zero), scales };
  }

  private activation(name: string, { scale, zeroPoint, scales }: Omit<Written, 'output'>): void {
    const maker = this.makers.get(name);
    const leaves = this.subject.outputs.has(name) && maker !== undefined;
    const from = leaves ? this.editor.uniqueName(`${name}_QuantizeLinear_Input`) : name;
    const output = leaves ? name : this.editor.uniqueName(`${name}_DequantizeLinear_Output`);
    if (leaves) {
      maker.output = maker.output.map((each) => (each === name ? from : each));
    } else this.renames.set(name, output);
    const codes = this.editor.uniqueName(`${name}_QuantizeLinear_Output`);
    this.node('QuantizeLinear', name, [from, scale, zeroPoint], codes, null);
    this.node('DequantizeLinear', name, [codes, scale, zeroPoint], output, null);
    this.written.set(name, { scale, zeroPoint, scales, output });
  }

  private constant(quantizer: Quantizer): void {
    const { mark, type, scales, zeroPoints } = quantizer;
    const { name, tensor, axis, places } = mark;
    const codes = this.editor.uniqueName(`${name}_quantized`);
    this.save(codes, tensor.dims.map(Number), type.element, codesOf(quantizer));
    const zeros = type.array(zeroPoints.length);
    zeros.set(zeroPoints);
    const dims = axis === null ? [] : [scales.length];
    const stored = this.store(name, dims, scales, type.element, zeros);
    const output = this.editor.uniqueName(`${name}_DequantizeLinear_Output`);
    this.node('DequantizeLinear', name, [codes, stored.scale, stored.zeroPoint], output, axis);
    this.written.set(mark, { ...stored, scales, output });
    for (const place of places) read(place, output);
    // Whoever else reads it reads the first of its forms: two would take more room than they save.
    if (!this.renames.has(name)) this.renames.set(name, output);
    if (mark.factor !== 1) for (const { node } of places) dropAttribute(node, 'alpha');
  }

  private bias(mark: BiasMark): void {
    const { tensor, place, input, weight, factor } = mark;
    const { scales: from } = this.sourceOf(input);
    const weights =
      typeof weight === 'string' ? this.sourceOf(weight).scales : this.written.get(weight)?.scales;
    const { codes, scales } = quantizeBias(
      floatsOf(tensor, factor),
      from[0] as number,
      weights as Float32Array,
    );
    const output = this.biasName(mark);
    const perChannel = scales.length > 1;
    const quantized = this.editor.uniqueName(`${output}_quantized`);
    // A row [1, N] is added as [N] is, and only that has an axis 0 of N.
    const dims = perChannel ? [codes.length] : tensor.dims.map(Number);
    this.save(quantized, dims, T.INT32, codes);
    const zeros = new Int32Array(scales.length);
    const scale = this.editor.uniqueName(`${quantized}_scale`);
    this.save(scale, [scales.length], T.FLOAT, scales);
    const zeroPoint = this.editor.uniqueName(`${quantized}_zero_point`);
    this.save(zeroPoint, perChannel ? [scales.length] : [], T.INT32, zeros);
    const axis = perChannel ? 0 : null;
    this.node('DequantizeLinear', output, [quantized, scale, zeroPoint], output, axis);
    read(place, output);
    if (factor !== 1) dropAttribute(place.node, 'beta');
  }

  /**
   * The first node to read a bias gets it under its name, and whoever reads it otherwise reads the
   * same: int32 is as good as exact. The next ones get copies, since the scales of their inputs differ.
   */
  private biasName({ name, factor }: BiasMark): string {
    if (factor === 1 && !this.replaced.has(name) && !this.plan.marker.constants.has(name)) {
      this.replaced.add(name);
      return name;
    }
    const suffixes = this.graph.initializer.flatMap((each) => {
      const suffix = each.name.startsWith(name) ? each.name.slice(name.length) : '';
      return /^\d+$/.test(suffix) ? [Number(suffix)] : [];
    });
    return this.editor.uniqueName(`${name}${Math.max(-1, ...suffixes) + 1}`);
  }

  private removeReplaced(): void {
    const used = new Set(this.graph.node.flatMap(readBy));
    const gone = (name: string) =>
      this.replaced.has(name) || (this.subject.constants.has(name) && !used.has(name));
    this.graph.initializer = this.graph.initializer.filter(({ name }) => !gone(name));
    this.graph.input = this.graph.input.filter(({ name }) => !gone(name));
    this.editor.remove(
      new Set(
        this.graph.node.filter(
          (node) =>
            node.opType === 'Constant' && !this.added.has(node) && gone(node.output[0] ?? ''),
        ),
      ),
    );
  }

  private dropStaleTypes(): void {
    const made = new Set([
      ...this.graph.node.flatMap(({ output }) => output),
      ...this.graph.input.map(({ name }) => name),
      ...this.graph.initializer.map(({ name }) => name),
    ]);
    this.graph.valueInfo = this.graph.valueInfo.filter(({ name }) => made.has(name));
  }

  private store(
    name: string,
    dims: readonly number[],
    scales: Float32Array,
    element: T,
    zeroPoints: ArrayBufferView,
  ): Stored {
    const zeroPoint = this.editor.uniqueName(`${name}_zero_point`);
    this.save(zeroPoint, dims, element, zeroPoints);
    const scale = this.editor.uniqueName(`${name}_scale`);
    this.save(scale, dims, T.FLOAT, scales);
    return { scale, zeroPoint };
  }

  private save(name: string, dims: readonly number[], dataType: T, data: ArrayBufferView): void {
    this.graph.initializer.push(
      create(TensorProtoSchema, {
        name,
        dims: dims.map(BigInt),
        dataType,
        rawData: bytesOf(data) as TensorProto['rawData'],
      }),
    );
  }

  private node(
    opType: string,
    of: string,
    input: string[],
    output: string,
    axis: number | null,
  ): void {
    this.added.add(
      create(NodeProtoSchema, {
        opType,
        domain: this.domain,
        name: this.editor.uniqueName(`${of}_${opType}`),
        input,
        output: [output],
        attribute:
          axis === null
            ? []
            : [create(AttributeProtoSchema, { name: 'axis', type: A.INT, i: BigInt(axis) })],
      }),
    );
  }
}
