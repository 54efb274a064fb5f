import { create } from '@bufbuild/protobuf';
import { inferTypes } from '../../inspect/shapes/infer.ts';
import type { ValueType } from '../../inspect/shapes/types.ts';
import { GraphEditor } from '../../onnx/edit.ts';
import { type GraphIndex, indexGraph } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorBytes, tensorElements } from '../../onnx/tensors.ts';
import { numberOf } from './attributes.ts';
import { declareDialect } from './dialect.ts';

/**
 * Makes float nodes of a QDQ model stay float in onnxruntime, in place.
 *
 * Leaving a node out of quantization is not enough. Where a Conv, ConvTranspose or Gemm with float
 * weights reads a DequantizeLinear with one scale and its result goes to a QuantizeLinear,
 * onnxruntime quantizes the weights itself, per tensor (WeightBiasQuantization in
 * core/optimizer/qdq_transformer/weight_bias_quantization.cc); a MatMul with an Add becomes such
 * a Gemm first. That costs accuracy, and time where int8 is slower. It passes over nodes whose
 * input has several scales, and those whose bias has not exactly one dimension. Hence:
 *
 * - before a Conv the one scale is written once for each channel, all alike. As a
 *   DequantizeLinear that takes 0.11 ms for 144 x 56 x 56 codes, with one scale 0.11 ms
 *   (onnxruntime-web 1.30.0, one thread), and the Conv stays a Conv;
 * - the bias of a Gemm, and that added to a MatMul, gets the shape [1, N]. Scales for each column
 *   would be nine times slower to apply.
 *
 * Numbers do not change. Other operators need no guard: without weights nothing is there to be
 * rounded that Q and DQ do not round already.
 * @returns the first outputs of the nodes that now stay float
 */
export function guardKept(model: ModelProto): string[] {
  return model.graph ? new Guard(model, model.graph).run() : [];
}

class Guard {
  private readonly model: ModelProto;
  private readonly editor: GraphEditor;
  private readonly index: GraphIndex;
  private readonly types: ReadonlyMap<string, ValueType>;
  /** By the codes that they read and their axis. */
  private readonly dequantizers = new Map<string, string>();
  private readonly rows = new Map<string, string>();
  /** Tensors of which a guarded form is read by at least one node. */
  private readonly replaced = new Set<string>();

  constructor(model: ModelProto, graph: NonNullable<ModelProto['graph']>) {
    this.model = model;
    this.editor = new GraphEditor(graph);
    this.index = indexGraph(graph);
    this.types = inferTypes(model).types;
  }

  run(): string[] {
    const guarded = this.index.order.filter((node) => this.guard(node));
    this.removeUnread();
    return guarded.map(({ output }) => output[0] ?? '');
  }

  private guard(node: NodeProto): boolean {
    const codes = this.index.producers.get(node.input[0] ?? '');
    const weights = this.constant(node.input[1]);
    if (codes?.opType !== 'DequantizeLinear' || weights?.dataType !== T.FLOAT) return false;
    switch (node.opType) {
      case 'Conv': {
        const channels = Number(weights.dims[1] ?? 0) * numberOf(node, 'group', 1);
        return this.spread(node, codes, channels);
      }
      case 'ConvTranspose':
        return this.spread(node, codes, Number(weights.dims[0] ?? 0));
      case 'Gemm': {
        const columns = weights.dims[numberOf(node, 'transB', 0) ? 0 : 1] ?? 0n;
        return this.widen(node, 2, columns);
      }
      case 'MatMul':
        return this.widenSum(node);
      default:
        return false;
    }
  }

  /** Lets a convolution read its codes through a DequantizeLinear with a scale for each channel. */
  private spread(node: NodeProto, codes: NodeProto, channels: number): boolean {
    const scale = this.constant(codes.input[1]);
    if (!scale || tensorElements(scale) !== 1) return false;
    // Of one channel, the rows of the picture serve as well; a single scale would still be one.
    const rows = this.types.get(node.input[0] ?? '')?.shape?.[2];
    const axis = channels > 1 ? 1 : 2;
    const size = channels > 1 ? channels : rows;
    if (typeof size !== 'number' || size < 2) return false;
    const zeroPoint = this.constant(codes.input[2]);
    if (codes.input[2] && !zeroPoint) return false;
    const key = `${codes.input[0]} ${codes.output[0]} ${axis}`;
    const output = this.dequantizers.get(key) ?? this.dequantizer(codes, axis, size);
    this.dequantizers.set(key, output);
    node.input = [output, ...node.input.slice(1)];
    this.replaced.add(codes.output[0] ?? '');
    return true;
  }

  private dequantizer(codes: NodeProto, axis: number, size: number): string {
    const [input = '', scale = '', zeroPoint] = codes.input;
    const [name = ''] = codes.output;
    const output = this.editor.uniqueName(`${name}_kept_float`);
    const domain = codes.domain || declareDialect(this.model, { perAxis: true, wide: false });
    const node = create(NodeProtoSchema, {
      opType: 'DequantizeLinear',
      domain,
      name: this.editor.uniqueName(`${codes.name || name}_kept_float`),
      input: [
        input,
        ...[scale, zeroPoint].flatMap((each) => (each ? this.repeat(each, size) : [])),
      ],
      output: [output],
      attribute: [create(AttributeProtoSchema, { name: 'axis', type: A.INT, i: BigInt(axis) })],
    });
    this.editor.add(node);
    return output;
  }

  /** A stored number, as often as there are channels. */
  private repeat(name: string, size: number): string {
    const tensor = this.constant(name) as TensorProto;
    const one = tensorBytes(tensor);
    const rawData = new Uint8Array(one.length * size);
    for (let i = 0; i < size; i++) rawData.set(one, i * one.length);
    return this.store(`${name}_repeated`, tensor.dataType, [BigInt(size)], rawData);
  }

  private widenSum(node: NodeProto): boolean {
    const [output = ''] = node.output;
    const rank = this.types.get(output)?.shape?.length ?? 0;
    const [sum, ...more] = this.index.consumers.get(output) ?? [];
    // A row [1, N] would add a dimension to a vector.
    if (sum?.opType !== 'Add' || more.length > 0 || rank < 2) return false;
    return this.widen(sum, sum.input[0] === output ? 1 : 0, null);
  }

  /**
   * Gives a bias the shape [1, N].
   * @param columns N, where zeros are to stand in for a missing bias
   */
  private widen(node: NodeProto, place: number, columns: bigint | null): boolean {
    const name = node.input[place] ?? '';
    const bias = this.constant(name);
    if (name === '' && columns !== null) {
      const zeros = new Uint8Array(Number(columns) * 4);
      const row = this.store(`${node.output[0] ?? ''}_no_bias`, T.FLOAT, [1n, columns], zeros);
      node.input = [...node.input.slice(0, place), row];
      return true;
    }
    if (bias?.dataType !== T.FLOAT || bias.dims.length !== 1) return false;
    const row =
      this.rows.get(name) ??
      this.store(`${name}_row`, bias.dataType, [1n, ...bias.dims], tensorBytes(bias));
    this.rows.set(name, row);
    this.replaced.add(name);
    node.input = node.input.map((each, i) => (i === place ? row : each));
    return true;
  }

  private store(base: string, dataType: T, dims: bigint[], rawData: Uint8Array): string {
    const name = this.editor.uniqueName(base);
    this.editor.graph.initializer.push(
      create(TensorProtoSchema, {
        name,
        dataType,
        dims,
        rawData: rawData as TensorProto['rawData'],
      }),
    );
    return name;
  }

  /** What is stored under a name, as an initializer or by a Constant node. */
  private constant(name = ''): TensorProto | undefined {
    const maker = this.index.producers.get(name);
    if (maker?.opType === 'Constant') {
      return maker.attribute.find((each) => each.name === 'value')?.t;
    }
    return this.index.initializers.get(name);
  }

  /** What nobody reads any more, for its guarded form is read instead. */
  private removeUnread(): void {
    const { graph } = this.editor;
    const { consumers } = indexGraph(graph);
    const given = new Set(graph.output.map(({ name }) => name));
    const isRead = (name: string) => consumers.has(name) || given.has(name);
    const makers = [...this.replaced].map((name) => this.index.producers.get(name));
    const unread = makers.filter((maker) => maker && !maker.output.some(isRead));
    this.editor.remove(new Set(unread as NodeProto[]));
    const listed = new Set(graph.input.map(({ name }) => name));
    graph.initializer = graph.initializer.filter(
      ({ name }) => !this.replaced.has(name) || isRead(name) || listed.has(name),
    );
    this.editor.finish();
  }
}
