import { create } from '@bufbuild/protobuf';
import { type Frame, inferTypes } from '../../inspect/shapes/infer.ts';
import { GraphEditor } from '../../onnx/edit.ts';
import {
  domainOf,
  freeNames,
  type GraphIndex,
  indexGraph,
  opsetsOf,
  readBy,
  subgraphsOf,
} from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { heldBy } from './held.ts';
import { Ledger } from './ledger.ts';

/** From this version of the format an initializer that is also an input is only a default. */
const DEFAULTS_SINCE = 4n;

/** The model without what its file claims of the tensors inside: claims can be wrong, rules are not. */
const unclaimed = (model: ModelProto, graph: GraphProto): ModelProto => ({
  ...model,
  graph: {
    ...graph,
    valueInfo: [],
    output: graph.output.map(({ name }) => create(ValueInfoProtoSchema, { name })),
  },
});

/** Whether a node is the standard operator of that name. */
export const isStandard = ({ domain, opType }: NodeProto, ...operators: string[]): boolean =>
  domainOf(domain) === '' && operators.includes(opType);

/** A float model that is being rewritten, in place: who makes and reads what, constants, decisions. */
export class Draft {
  readonly model: ModelProto;
  readonly graph: GraphProto;
  readonly editor: GraphEditor;
  readonly ledger: Ledger;
  /** The version of the standard operator set. */
  readonly opset: number;
  /** Names of the model's outputs. */
  readonly outputs: ReadonlySet<string>;
  /** As the graph was at the last `refresh`. */
  index: GraphIndex;
  private readonly held = new Map<string, TensorProto>();
  private readonly unusedBefore: ReadonlySet<string>;
  private readonly gone = new Set<NodeProto>();
  private frame: Frame | null = null;

  /** @throws Fault GraphError for a graph that is none */
  constructor(model: ModelProto) {
    this.model = model;
    this.graph = model.graph as GraphProto;
    this.index = indexGraph(this.graph);
    this.editor = new GraphEditor(this.graph);
    this.ledger = new Ledger(this.index.order);
    this.opset = opsetsOf(model).get('') ?? 1;
    this.outputs = new Set(this.graph.output.map(({ name }) => name));
    this.readConstants();
    const used = this.used();
    this.unusedBefore = new Set(
      this.graph.initializer.map(({ name }) => name).filter((name) => !used.has(name)),
    );
  }

  private readConstants(): void {
    const { irVersion } = this.model;
    this.held.clear();
    const inputs = new Set(
      irVersion < DEFAULTS_SINCE ? [] : this.graph.input.map(({ name }) => name),
    );
    for (const tensor of this.graph.initializer) {
      if (!inputs.has(tensor.name) && !this.outputs.has(tensor.name))
        this.held.set(tensor.name, tensor);
    }
    for (const node of this.graph.node) {
      const [name = ''] = node.output;
      const tensor = this.outputs.has(name) ? null : heldBy(node);
      if (tensor) this.held.set(name, tensor);
    }
  }

  /** Takes notice of all edits: to be called between passes, and before `index` or `types` is read again. */
  refresh(): void {
    this.sweep();
    this.index = indexGraph(this.graph);
    this.frame = null;
  }

  /** What rules tell of the tensors, and nothing that the file merely claims. */
  get types(): Frame['types'] {
    this.frame ??= inferTypes(unclaimed(this.model, this.graph));
    return this.frame.types;
  }

  /** What a tensor always holds; null where that is not fixed or a caller sees it. */
  constant(name: string): TensorProto | null {
    return this.held.get(name) ?? null;
  }

  /** A constant of float32. */
  floats(name: string): TensorProto | null {
    const found = this.held.get(name);
    return found?.dataType === T.FLOAT ? found : null;
  }

  constantNames(): string[] {
    return [...this.held.keys()];
  }

  /** How many places read a tensor: a subgraph that captures it is one, an output of the model is one. */
  readings(name: string): number {
    let count = this.outputs.has(name) ? 1 : 0;
    for (const node of this.index.consumers.get(name) ?? []) {
      if (this.gone.has(node)) continue;
      count += node.input.filter((input) => input === name).length;
      count += subgraphsOf(node).filter(({ graph }) => freeNames(graph).has(name)).length;
    }
    return count;
  }

  /** The node that reads a tensor as an input of its own, where nothing else does. */
  soleReader(name: string): NodeProto | null {
    if (name === '' || this.readings(name) !== 1) return null;
    const readers = (this.index.consumers.get(name) ?? []).filter((node) => !this.gone.has(node));
    const [reader] = readers;
    return reader?.input.includes(name) ? reader : null;
  }

  producer(name: string): NodeProto | null {
    return this.index.producers.get(name) ?? null;
  }

  /** Takes a node out at the next `refresh`, or at the end. */
  remove(node: NodeProto, reason: string): void {
    this.gone.add(node);
    this.ledger.note(node, 'removed', reason);
  }

  isGone(node: NodeProto): boolean {
    return this.gone.has(node);
  }

  /** Stores a constant under its name, in place of what held it before. */
  store(tensor: TensorProto): void {
    const { name } = tensor;
    const at = this.graph.initializer.findIndex((each) => each.name === name);
    if (at >= 0) this.graph.initializer[at] = tensor;
    else this.graph.initializer.push(tensor);
    const maker = this.graph.node.find((node) => node.output.includes(name));
    if (maker?.opType === 'Constant') this.remove(maker, 'what it held is stored with the weights');
    if (!this.outputs.has(name)) this.held.set(name, tensor);
  }

  /** Stores float32 numbers under a name that nothing has yet, and returns it. */
  storeNew(base: string, dims: readonly number[], numbers: ArrayLike<number>): string {
    const name = this.editor.uniqueName(base);
    this.store(floatTensor(name, dims, numbers));
    return name;
  }

  /**
   * Gives a node other float32 numbers to read in one place: under the same name where no one
   * else reads them, else under a new one.
   */
  storeFor(
    node: NodeProto,
    place: number,
    dims: readonly number[],
    numbers: ArrayLike<number>,
  ): void {
    const name = node.input[place] ?? '';
    // None: a constant that is newer than the index, and this node's own.
    if (name !== '' && this.readings(name) <= 1) this.store(floatTensor(name, dims, numbers));
    else {
      const input = [...node.input];
      while (input.length < place) input.push('');
      input[place] = this.storeNew(name || `${node.output[0] ?? ''}_bias`, dims, numbers);
      node.input = input;
    }
  }

  private sweep(): void {
    if (this.gone.size === 0) return;
    this.editor.remove(this.gone);
    this.gone.clear();
  }

  private used(): Set<string> {
    return new Set([...this.graph.node.flatMap(readBy), ...this.outputs]);
  }

  /** Takes constants out that nothing reads. @param all those too that nothing ever read */
  dropUnused(all: boolean): void {
    this.sweep();
    const used = this.used();
    const inputs = new Set(this.graph.input.map(({ name }) => name));
    this.graph.initializer = this.graph.initializer.filter(({ name }) => {
      if (used.has(name)) return true;
      if (inputs.has(name) && this.model.irVersion >= DEFAULTS_SINCE) return true;
      return !all && this.unusedBefore.has(name);
    });
    const left = new Set(this.graph.initializer.map(({ name }) => name));
    const stored = this.index.initializers;
    // Before IR version 4 a constant is listed as an input too.
    this.graph.input = this.graph.input.filter(({ name }) => !stored.has(name) || left.has(name));
  }

  /**
   * Puts the graph in order and takes out what the edits left useless.
   * @throws Fault GraphError when the edits left a graph that is not one
   */
  finish(): void {
    this.dropUnused(false);
    if (this.model.irVersion < DEFAULTS_SINCE) {
      this.model.irVersion = DEFAULTS_SINCE;
      const stored = new Set(this.graph.initializer.map(({ name }) => name));
      this.graph.input = this.graph.input.filter(({ name }) => !stored.has(name));
    }
    this.editor.finish();
    const made = new Set(this.graph.node.flatMap(({ output }) => output));
    for (const { name } of [...this.graph.input, ...this.graph.initializer]) made.add(name);
    this.graph.valueInfo = this.graph.valueInfo.filter(({ name }) => made.has(name));
  }
}

export function floatTensor(
  name: string,
  dims: readonly number[],
  numbers: ArrayLike<number>,
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: T.FLOAT,
    rawData: new Uint8Array(Float32Array.from(numbers).buffer),
  });
}
