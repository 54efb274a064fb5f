import { elementName } from '../onnx/elements.ts';
import { externalFilesOf } from '../onnx/external.ts';
import {
  type GraphProto,
  type ModelProto,
  TensorProto_DataType,
  type TypeProto,
  type ValueInfoProto,
} from '../onnx/onnx_pb.ts';
import type { TensorSpec } from '../tensors/tensors.ts';
import type { Precision, RandomNode } from './model.ts';
import { randomNode } from './randomness.ts';

/** What a file says of itself without being run. */
export interface ModelSummary {
  readonly irVersion: number;
  /** Version of the default operator set. */
  readonly opset: number;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** How often each operator occurs in the main graph. */
  readonly operators: Readonly<Record<string, number>>;
  readonly precision: Precision;
  /** Elements of all initializers. */
  readonly parameters: number;
  /** Names of files that hold weights outside this one. */
  readonly externalFiles: readonly string[];
  /** The first node that draws random numbers in a run; null where none does. */
  readonly random: RandomNode | null;
}

function shapeOf(type: TypeProto['value'] & { case: 'tensorType' }): (number | string)[] {
  return (type.value.shape?.dim ?? []).map(({ value }) =>
    value.case === 'dimValue' ? Number(value.value) : (value.value ?? ''),
  );
}

function specOf({ name, type }: ValueInfoProto): TensorSpec {
  const value = type?.value;
  if (value?.case !== 'tensorType') return { name, type: value?.case ?? 'untyped', shape: [] };
  return { name, type: elementName(value.value.elemType), shape: shapeOf(value) };
}

const PRECISIONS: Readonly<Partial<Record<TensorProto_DataType, Precision>>> = {
  [TensorProto_DataType.FLOAT]: 'fp32',
  [TensorProto_DataType.FLOAT16]: 'fp16',
  [TensorProto_DataType.INT8]: 'int8',
  [TensorProto_DataType.UINT8]: 'int8',
  [TensorProto_DataType.INT4]: 'int4',
  [TensorProto_DataType.UINT4]: 'int4',
};

/** The precision that most weights are stored in; shapes and indices (int64) do not vote. */
function precisionOf({ initializer, node }: GraphProto): Precision {
  // Its 4-bit weights are packed in bytes and would pass for int8.
  const packed = node.find(({ opType }) => opType === 'MatMulNBits');
  const bits = packed?.attribute.find(({ name }) => name === 'bits');
  if (packed && (bits?.i ?? 4n) === 4n) return 'int4';
  const votes = new Map<Precision, number>();
  for (const { dataType, dims } of initializer) {
    const precision = PRECISIONS[dataType as TensorProto_DataType];
    if (precision) votes.set(precision, (votes.get(precision) ?? 0) + elements(dims));
  }
  const [winner] = [...votes].sort(([, a], [, b]) => b - a);
  return winner?.[0] ?? 'unknown';
}

const elements = (dims: readonly bigint[]) => dims.reduce((n, dim) => n * Number(dim), 1);

function countOperators({ node }: GraphProto): Record<string, number> {
  // A map, because an operator may be called as an object's own members are: "constructor".
  const counts = new Map<string, number>();
  for (const { opType } of node) counts.set(opType, (counts.get(opType) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Needs a model that `readModel` returned, which has a graph. */
export function summarise(model: ModelProto): ModelSummary {
  const graph = model.graph as GraphProto;
  // Before IR version 4 initializers were listed among the inputs too.
  const stored = new Set(graph.initializer.map(({ name }) => name));
  return {
    irVersion: Number(model.irVersion),
    opset: Number(model.opsetImport.find(({ domain }) => domain === '')?.version ?? 0),
    inputs: graph.input.filter(({ name }) => !stored.has(name)).map(specOf),
    outputs: graph.output.map(specOf),
    operators: countOperators(graph),
    precision: precisionOf(graph),
    parameters: graph.initializer.reduce((sum, { dims }) => sum + elements(dims), 0),
    externalFiles: externalFilesOf(model),
    random: randomNode(model),
  };
}
