import { create } from '@bufbuild/protobuf';
import { type Frame, inferTypes } from '../../inspect/shapes/infer.ts';
import { domainOf, type GraphIndex, indexGraph, opsetsOf, subgraphsOf } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';

/** What quantizing needs to know of a model, as it was before. */
export interface Subject {
  readonly graph: GraphProto;
  readonly index: GraphIndex;
  /** The version of the standard operator set. */
  readonly opset: number;
  readonly frame: Frame;
  /** Float tensors that no caller can change and none is given: initializers and Constant nodes. */
  readonly constants: ReadonlyMap<string, TensorProto>;
  /** Names of the model's outputs. */
  readonly outputs: ReadonlySet<string>;
  /** How many places of the graph read a tensor; a subgraph's readings count as one. */
  readonly readings: ReadonlyMap<string, number>;
}

/** From this version of the format an initializer that is also an input is only a default. */
const DEFAULTS_SINCE = 4n;

const floatTensor = (dims: readonly number[], numbers: readonly number[]): TensorProto =>
  create(TensorProtoSchema, {
    dims: dims.map(BigInt),
    dataType: T.FLOAT,
    rawData: new Uint8Array(Float32Array.from(numbers).buffer),
  });

/** The tensor that a Constant node holds, in whichever way; null for any other node, and for what is not float. */
function heldBy({ opType, domain, attribute }: NodeProto): TensorProto | null {
  if (opType !== 'Constant' || domainOf(domain) !== '') return null;
  for (const { name, type, t, f, floats } of attribute) {
    if (name === 'value' && type === A.TENSOR) return t ?? null;
    if (name === 'value_float') return floatTensor([], [f]);
    if (name === 'value_floats') return floatTensor([floats.length], floats);
  }
  return null;
}

function constantsOf({ graph, irVersion }: ModelProto): Map<string, TensorProto> {
  const found = new Map<string, TensorProto>();
  if (!graph) return found;
  const outputs = new Set(graph.output.map(({ name }) => name));
  const inputs = new Set(graph.input.map(({ name }) => name));
  for (const tensor of graph.initializer) {
    if (irVersion >= DEFAULTS_SINCE && inputs.has(tensor.name)) continue;
    if (tensor.dataType === T.FLOAT && !outputs.has(tensor.name)) found.set(tensor.name, tensor);
  }
  for (const node of graph.node) {
    const [name = ''] = node.output;
    const tensor = heldBy(node);
    if (tensor?.dataType === T.FLOAT && !outputs.has(name)) found.set(name, tensor);
  }
  return found;
}

function readingsOf(graph: GraphProto, { consumers }: GraphIndex): Map<string, number> {
  const readings = new Map<string, number>();
  for (const [name, nodes] of consumers) {
    let count = 0;
    for (const node of nodes) {
      count += node.input.filter((input) => input === name).length;
      if (subgraphsOf(node).length > 0 && !node.input.includes(name)) count += 1;
    }
    readings.set(name, count);
  }
  for (const { name } of graph.output) readings.set(name, (readings.get(name) ?? 0) + 1);
  return readings;
}

/** @throws Fault GraphError for a graph that is none */
export function subjectOf(model: ModelProto): Subject {
  const graph = model.graph as GraphProto;
  const index = indexGraph(graph);
  return {
    graph,
    index,
    opset: opsetsOf(model).get('') ?? 1,
    frame: inferTypes(model),
    constants: constantsOf(model),
    outputs: new Set(graph.output.map(({ name }) => name)),
    readings: readingsOf(graph, index),
  };
}
