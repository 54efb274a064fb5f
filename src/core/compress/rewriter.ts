import { create } from '@bufbuild/protobuf';
import { GraphEditor } from '../onnx/edit.ts';
import { readBy } from '../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto_DataType as T,
  TensorProtoSchema,
} from '../onnx/onnx_pb.ts';

type AttributeValue = number | string | readonly number[];

/** An attribute of whole numbers or text. */
export function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: A.INT, i: BigInt(value) });
  }
  if (typeof value === 'string') {
    const s = Uint8Array.from(value, (char) => char.charCodeAt(0));
    return create(AttributeProtoSchema, { name, type: A.STRING, s });
  }
  return create(AttributeProtoSchema, { name, type: A.INTS, ints: value.map(BigInt) });
}

export interface NodeParts {
  readonly opType: string;
  readonly domain?: string;
  /** Made unique; '' for none. */
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attributes?: readonly AttributeProto[];
}

/** Replaces nodes and constants of a graph in place by others. */
export class Rewriter {
  readonly graph: GraphProto;
  private readonly editor: GraphEditor;
  private readonly removed = new Set<NodeProto>();
  private readonly retired = new Set<string>();

  constructor(graph: GraphProto) {
    this.graph = graph;
    this.editor = new GraphEditor(graph);
  }

  /** A name that nothing in the graph has. */
  unique(base: string): string {
    return this.editor.uniqueName(base);
  }

  /** Stores a constant. @returns its name */
  save(base: string, dims: readonly number[], dataType: T, data: ArrayBufferView): string {
    const name = this.unique(base);
    const { buffer, byteOffset, byteLength } = data;
    this.graph.initializer.push(
      create(TensorProtoSchema, {
        name,
        dims: dims.map(BigInt),
        dataType,
        rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
      }),
    );
    return name;
  }

  node({ name, opType, domain = '', input, output, attributes = [] }: NodeParts): NodeProto {
    const node = create(NodeProtoSchema, {
      opType,
      domain,
      name: name && this.unique(name),
      input: [...input],
      output: [...output],
      attribute: [...attributes],
    });
    this.editor.add(node);
    return node;
  }

  /** Takes a node out; others make what it made. */
  remove(node: NodeProto): void {
    this.removed.add(node);
  }

  /** Every tensor that something reads, nodes that are to go aside; the graph's outputs too. */
  reads(): ReadonlySet<string> {
    const left = this.graph.node.filter((node) => !this.removed.has(node));
    return new Set([...left.flatMap(readBy), ...this.graph.output.map(({ name }) => name)]);
  }

  /** Says that a constant was replaced where a node read it: it goes, unless something else reads it. */
  retire(name: string): void {
    this.retired.add(name);
  }

  /**
   * Puts the graph in order; what was replaced and is read no more goes, and with it the nodes
   * that made it.
   * @throws Fault GraphError when the edits left a graph that is not one
   */
  finish(): void {
    this.editor.remove(this.removed);
    const { graph, retired } = this;
    for (let before = -1; before !== graph.node.length; ) {
      before = graph.node.length;
      const used = this.reads();
      const dead = graph.node.filter(
        ({ output }) =>
          output.length > 0 && output.every((name) => retired.has(name) && !used.has(name)),
      );
      // What a dead node read was read for nothing but that.
      for (const name of dead.flatMap(readBy)) retired.add(name);
      this.editor.remove(new Set(dead));
    }
    const used = this.reads();
    const gone = ({ name }: { readonly name: string }) => retired.has(name) && !used.has(name);
    const stored = new Set(graph.initializer.map(({ name }) => name));
    graph.input = graph.input.filter((each) => !(gone(each) && stored.has(each.name)));
    graph.initializer = graph.initializer.filter((each) => !gone(each));
    const known = new Set([
      ...graph.node.flatMap(({ output }) => output),
      ...graph.input.map(({ name }) => name),
      ...graph.initializer.map(({ name }) => name),
    ]);
    graph.valueInfo = graph.valueInfo.filter(({ name }) => known.has(name));
    this.editor.finish();
  }
}

/** Axis and sizes as ONNX stores them. */
export const int64s = (values: readonly number[]): BigInt64Array =>
  BigInt64Array.from(values, BigInt);
