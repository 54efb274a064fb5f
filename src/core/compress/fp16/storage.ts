import { Fault } from '../../errors.ts';
import { count } from '../../format.ts';
import { GraphEditor } from '../../onnx/edit.ts';
import { firstOutput, indexGraph, nodeTitle } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  TensorProto_DataType as T,
  type TensorProto,
} from '../../onnx/onnx_pb.ts';
import { tensorElements } from '../../onnx/tensors.ts';
import type { Decision } from '../technique.ts';
import { castNode } from './attributes.ts';
import type { PlanOptions } from './plan.ts';
import { halfTensor, overflowing } from './tensors.ts';

/** A Cast costs more bytes than float16 saves on weights much shorter than this. */
const MIN_ELEMENTS = 256;

/**
 * Stores the main graph's float32 weights as float16, each with a Cast back to float32, which
 * runtimes fold when they load the model.
 * @throws Fault CompressError when no weight is long enough
 */
export function storeAsHalf(
  model: ModelProto,
  { keep, keepOverflow }: Pick<PlanOptions, 'keep' | 'keepOverflow'>,
): Decision[] {
  const graph = model.graph as GraphProto;
  const { consumers, order } = indexGraph(graph);
  const given = new Set(graph.input.map(({ name }) => name));
  const handedOut = new Set(graph.output.map(({ name }) => name));
  const kept = new Set(keep);
  const asked = new Set(order.filter(({ output }) => output.some((name) => kept.has(name))));
  const editor = new GraphEditor(graph);
  const reasons = new Map<string, string>();
  /** Names under which weights are stored now. */
  const halves = new Map<string, string>();
  graph.initializer = graph.initializer.map((weight): TensorProto => {
    const { name } = weight;
    if (weight.dataType !== T.FLOAT || tensorElements(weight) < MIN_ELEMENTS) return weight;
    const past = keepOverflow ? overflowing(weight) : 0;
    const optional = model.irVersion >= 4n && given.has(name);
    if (past > 0) reasons.set(name, `${count(past)} of its weights are past ±65504`);
    else if (optional || handedOut.has(name)) reasons.set(name, 'callers see its weights');
    else if (consumers.get(name)?.some((node) => asked.has(node))) reasons.set(name, 'as asked');
    if (reasons.has(name)) return weight;
    const half = halfTensor(weight, editor.uniqueName(`${name}_float16`));
    halves.set(name, half.tensor.name);
    editor.add(castNode(editor.uniqueName(`${name}_cast`), half.tensor.name, name, T.FLOAT));
    return half.tensor;
  });
  if (halves.size === 0) {
    throw new Fault(
      'CompressError',
      `No weights of this model can be stored in float16: none of ${MIN_ELEMENTS} float32 numbers or more.`,
    );
  }
  // Before IR version 4 weights are listed among the inputs too.
  for (const input of graph.input) {
    const half = halves.get(input.name);
    if (!half || input.type?.value.case !== 'tensorType') continue;
    input.name = half;
    input.type.value.value.elemType = T.FLOAT16;
  }
  editor.finish();
  return order.flatMap((node): Decision[] => {
    const found = node.input.filter((name) => reasons.has(name) || halves.has(name));
    const [first] = found;
    if (first === undefined) return [];
    const changed = found.some((name) => halves.has(name));
    return [
      {
        node: firstOutput(node),
        title: nodeTitle(node),
        operator: node.opType,
        outcome: changed ? 'changed' : 'kept',
        reason: changed
          ? 'its weights are float16 in the file and float32 when it runs'
          : `float32: ${reasons.get(first) ?? ''}`,
      },
    ];
  });
}
