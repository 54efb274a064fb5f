import { create } from '@bufbuild/protobuf';
import { GraphEditor } from '../../onnx/edit.ts';
import { domainOf, type GraphIndex, indexGraph } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType as T,
  type TensorProto,
} from '../../onnx/onnx_pb.ts';
import { raiseFormat } from '../opset.ts';

/** A layer of a QDQ model with an int32 bias of its own. */
export interface CodedLayer {
  /** What it makes, by the name that this has in the float model. */
  readonly tensor: string;
  readonly bias: TensorProto;
  readonly scale: TensorProto;
}

const LAYERS = ['Conv', 'ConvTranspose', 'Gemm'];
/** What quantizing leaves to the codes of the layer before. */
const ABSORBED = ['Relu', 'Clip'];

/** Puts beside each layer of a float model the same layer as a QDQ model has it, fed by the float model. */
export class Replicas {
  private readonly shadow: ModelProto;
  private readonly quantized: ModelProto;
  private readonly editor: GraphEditor;
  private readonly float: GraphIndex;
  private readonly coded: GraphIndex;
  /** Names in the shadow of what was copied, by those in the quantized model. */
  private readonly copies = new Map<string, string>();

  /** @param shadow the float model, which is changed in place */
  constructor(shadow: ModelProto, quantized: ModelProto) {
    this.shadow = shadow;
    this.quantized = quantized;
    const graph = shadow.graph as GraphProto;
    this.editor = new GraphEditor(graph);
    this.float = indexGraph(graph);
    this.coded = indexGraph(quantized.graph as GraphProto);
    // They are taken over under their names.
    for (const name of this.coded.initializers.keys()) this.editor.uniqueName(name);
  }

  /** @returns the layers, by the name of the tensor in the shadow that is their error, per channel on axis 1 */
  build(): ReadonlyMap<string, CodedLayer> {
    const found = new Map<string, CodedLayer>();
    for (const node of this.coded.order) {
      const layer = this.layer(node);
      const output = layer && this.replica(node);
      if (layer && output) found.set(this.error(node, output, layer.tensor), layer);
    }
    const { shadow, quantized, editor } = this;
    raiseFormat(shadow, quantized.irVersion);
    shadow.opsetImport = quantized.opsetImport;
    // Nothing after the last layer need run.
    editor.graph.output = [];
    editor.finish();
    return found;
  }

  private layer(node: NodeProto): CodedLayer | null {
    const { producers, consumers, initializers } = this.coded;
    if (domainOf(node.domain) !== '' || !LAYERS.includes(node.opType)) return null;
    const [, , added = ''] = node.input;
    const [codes = '', scales = ''] = producers.get(added)?.input ?? [];
    const bias = initializers.get(codes);
    const scale = initializers.get(scales);
    const own = [added, codes].every((name) => consumers.get(name)?.length === 1);
    const tensor = this.exact(node);
    if (bias?.dataType !== T.INT32 || !scale || !own || tensor === null) return null;
    return { tensor, bias, scale };
  }

  /** What the layer makes, under the name that this has in the float model; before a Relu that went. */
  private exact({ opType, output }: NodeProto): string | null {
    const [made = ''] = output;
    for (const name of [made, ...this.restored(made)]) {
      let maker = this.float.producers.get(name);
      while (maker && ABSORBED.includes(maker.opType)) {
        maker = this.float.producers.get(maker.input[0] ?? '');
      }
      if (maker?.opType === opType) return maker.output[0] ?? null;
    }
    return null;
  }

  /** What a tensor is called after it was rounded to codes and back: an output of the model keeps its name there. */
  private restored(name: string): string[] {
    const readers = (of: string, opType: string) =>
      (this.coded.consumers.get(of) ?? []).filter((node) => node.opType === opType);
    return readers(name, 'QuantizeLinear')
      .flatMap(({ output }) => readers(output[0] ?? '', 'DequantizeLinear'))
      .flatMap(({ output }) => output);
  }

  /** The name of a float tensor that is rounded in the quantized model. */
  private source(name: string): string | null {
    const known = [name, ...this.restored(name)].find(
      (each) => this.float.producers.has(each) || this.float.inputs.some((i) => i.name === each),
    );
    return known ?? null;
  }

  private replica(node: NodeProto): string | null {
    const input = node.input.map((name) => (name === '' ? '' : this.copy(name)));
    return input.every((name) => name !== null) ? this.add(node, input, node.output[0]) : null;
  }

  /** The chain of codes behind a name. @returns null where there is something else behind it */
  private copy(name: string): string | null {
    const known = this.copies.get(name);
    if (known !== undefined) return known;
    const stored = this.coded.initializers.get(name);
    const maker = this.coded.producers.get(name);
    const copied = stored ? this.constant(stored) : maker ? this.rounding(maker) : null;
    if (copied !== null) this.copies.set(name, copied);
    return copied;
  }

  private constant(tensor: TensorProto): string {
    if (!this.float.initializers.has(tensor.name)) this.editor.graph.initializer.push(tensor);
    return tensor.name;
  }

  private rounding(node: NodeProto): string | null {
    const [from = '', ...params] = node.input;
    if (node.opType !== 'QuantizeLinear' && node.opType !== 'DequantizeLinear') return null;
    const source = node.opType === 'QuantizeLinear' ? this.source(from) : this.copy(from);
    const rest = params.map((name) => this.copy(name));
    const input = [source, ...rest];
    return input.every((name) => name !== null) ? this.add(node, input, node.output[0]) : null;
  }

  private add({ opType, domain, attribute }: NodeProto, input: string[], base = opType): string {
    const output = this.editor.uniqueName(`${base}_replica`);
    this.editor.add(
      create(NodeProtoSchema, { opType, domain, attribute, input, output: [output] }),
    );
    return output;
  }

  private error({ opType }: NodeProto, replica: string, exact: string): string {
    const plain = { domain: '', attribute: [] };
    const node = (type: string) => create(NodeProtoSchema, { ...plain, opType: type });
    const difference = this.add(node('Sub'), [replica, exact], `${replica}_error`);
    // Of a picture only means leave the runtime, which are small.
    return opType === 'Gemm' ? difference : this.add(node('GlobalAveragePool'), [difference]);
  }
}
