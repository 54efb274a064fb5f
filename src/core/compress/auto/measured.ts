import type { Profile } from '../../inspect/profile/profile.ts';
import { isKnown } from '../../inspect/shapes/dims.ts';
import { inferTypes } from '../../inspect/shapes/infer.ts';
import { firstOutput, indexGraph, nodeTitle } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import { elementCount } from '../../tensors/tensors.ts';
import type { Milliseconds } from '../../units.ts';
import type { LayerError } from '../proof/proof.ts';
import type { Decision } from '../technique.ts';
import type { Assignment, Candidacy, NodeLink } from './assign.ts';
import type { FormFacts } from './choice.ts';
import { type ChangeRates, changeRates, nodeTimes } from './times.ts';

/** A whole model in one integer form, as measured. */
export interface MeasuredForm {
  /** As its file was profiled. */
  readonly model: ModelProto;
  /** Of the same file, taken at different moments. */
  readonly profiles: readonly Profile[];
  readonly decisions: readonly Decision[];
  readonly layers: readonly LayerError[];
}

/** The float model and its integer forms, as measured; null where a form cannot be made. */
export interface Measured {
  /** Every node with a name, and the forms made of it as it is here. */
  readonly model: ModelProto;
  readonly profiles: readonly Profile[];
  readonly static: MeasuredForm | null;
  readonly dynamic: MeasuredForm | null;
  /** Of dynamic dimensions, by name, as they were profiled. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** An assignment, with what people call its nodes. */
export interface MeasurePlan extends Assignment {
  readonly nodes: readonly (Candidacy & { readonly title: string; readonly operator: string })[];
}

type Times = ReadonlyMap<string, Milliseconds>;

/**
 * What one form says of each node that it changes. A Relu or Clip that stays, but was fused into a
 * float node before it, now takes time of its own: that belongs to what was changed.
 */
function factsOf(
  of: GraphProto,
  float: Times,
  form: MeasuredForm | null,
): (node: NodeProto) => FormFacts | null {
  if (!form) return () => null;
  const { model, profiles, decisions, layers } = form;
  const times = nodeTimes(of, model.graph as GraphProto, profiles);
  const outcomes = new Map(decisions.map(({ node, outcome }) => [node, outcome]));
  const errors = new Map(layers.map(({ tensor, alone }) => [tensor, alone]));
  const { consumers } = indexGraph(of);
  const unfused = (name: string): Milliseconds =>
    (consumers.get(name) ?? [])
      .map(firstOutput)
      .filter((reader) => outcomes.get(reader) === 'kept' && !float.has(reader))
      .reduce((sum, reader) => sum + (times.get(reader) ?? 0), 0);
  return (node) => {
    const name = firstOutput(node);
    const outcome = outcomes.get(name);
    if (outcome !== 'changed' && outcome !== 'removed') return null;
    // What a Relu was absorbed into is measured after the Relu.
    const reader = consumers.get(name)?.[0];
    const after = reader ? firstOutput(reader) : '';
    const alone =
      errors.get(name) ?? (outcomes.get(after) === 'removed' ? errors.get(after) : null);
    return {
      ms: (times.get(name) ?? 0) + unfused(name),
      alone: outcome === 'removed' ? null : (alone ?? null),
    };
  };
}

/** Tensors between nodes, with the price of changing them. */
function linksOf(
  { model, sizes }: Measured,
  places: ReadonlyMap<NodeProto, number>,
  rates: ChangeRates,
): NodeLink[] {
  const graph = model.graph as GraphProto;
  const index = indexGraph(graph);
  const { types } = inferTypes(model, { sizes });
  const outputs = new Set(graph.output.map(({ name }) => name));
  const links: NodeLink[] = [];
  for (const name of new Set([...index.consumers.keys(), ...outputs])) {
    const type = types.get(name);
    const maker = index.producers.get(name);
    const isInput = index.inputs.some((input) => input.name === name);
    if ((!maker && !isInput) || (type && type.elem !== T.FLOAT)) continue;
    const shape = type?.shape && isKnown(type.shape) ? type.shape : [];
    const elements = elementCount(shape);
    const layout: Milliseconds = shape.length === 4 ? rates.layout : 0;
    const to = (index.consumers.get(name) ?? []).flatMap((node) => places.get(node) ?? []);
    links.push({
      from: maker ? (places.get(maker) ?? null) : null,
      to,
      readInFloat: outputs.has(name),
      quantizeMs: elements * (rates.quantize + layout),
      dequantizeMs: elements * (rates.dequantize + layout),
    });
  }
  return links;
}

/** Turns measurements into the graph of which forms are chosen. */
export function planOf(measured: Measured): MeasurePlan {
  const { model, profiles } = measured;
  const graph = model.graph as GraphProto;
  const forms = [measured.static, measured.dynamic].flatMap((form) => (form ? form.profiles : []));
  const rates = changeRates([...profiles, ...forms]);
  const float = nodeTimes(graph, graph, profiles);
  const asStatic = factsOf(graph, float, measured.static);
  const asDynamic = factsOf(graph, float, measured.dynamic);
  const order = indexGraph(graph).order.filter(({ opType }) => opType !== 'Constant');
  const nodes = order.map((node) => ({
    node: firstOutput(node),
    title: nodeTitle(node),
    operator: node.opType,
    floatMs: float.get(firstOutput(node)) ?? 0,
    static: asStatic(node),
    dynamic: asDynamic(node),
  }));
  const places = new Map(order.map((node, i) => [node, i]));
  return { nodes, links: linksOf(measured, places, rates) };
}
