import { summarise } from '../models/summary.ts';
import { elementName, packedBytes } from '../onnx/elements.ts';
import { opsetsOf, subgraphsOf } from '../onnx/graph.ts';
import type { GraphProto, ModelProto } from '../onnx/onnx_pb.ts';
import { tensorElements } from '../onnx/tensors.ts';
import { dynamicSizes } from '../tensors/tensors.ts';
import { checkModel } from './check.ts';
import type { Inspection, WeightShare } from './inspection.ts';
import { Listing } from './listing.ts';
import { type InferOptions, inferTypes } from './shapes/infer.ts';

/**
 * Lists a model's nodes with their types and costs. Dynamic dimensions that `options.sizes` leaves
 * open get their usual sizes, as in a race.
 * @throws Fault GraphError, DimensionError for files that contradict themselves
 */
export function inspect(
  model: ModelProto,
  file: string,
  bytes: number,
  options: InferOptions = {},
): Inspection {
  checkModel(model);
  const { irVersion, inputs, outputs, externalFiles } = summarise(model);
  const sizes = dynamicSizes(inputs, options.sizes ?? {});
  const frame = inferTypes(model, { ...options, sizes });
  const listing = new Listing();
  const { cost, peak } = listing.add(frame, [], null);
  const main = listing.nodes.filter(({ within }) => within.length === 0);
  const made = main.flatMap((node) => node.outputs).filter(({ name }) => name !== '');
  return {
    file,
    bytes,
    irVersion,
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(' '),
    opsets: [...opsetsOf(model)],
    inputs,
    outputs,
    sizes,
    nodes: listing.nodes,
    cost,
    parameters: listing.parameters,
    weights: weightsOf(model.graph as GraphProto),
    externalFiles,
    peak,
    typed: { known: made.filter(({ type }) => type?.shape).length, all: made.length },
    uncosted: main.filter((node) => node.cost === null && !node.folded).length,
  };
}

/** Every stored tensor of a graph and its subgraphs, by element type, largest share first. */
function weightsOf(graph: GraphProto): WeightShare[] {
  const shares = new Map<number, { tensors: number; elements: number }>();
  const visit = ({ initializer, node }: GraphProto) => {
    for (const tensor of initializer) {
      const share = shares.get(tensor.dataType) ?? { tensors: 0, elements: 0 };
      share.tensors += 1;
      share.elements += tensorElements(tensor);
      shares.set(tensor.dataType, share);
    }
    for (const each of node) for (const { graph: inner } of subgraphsOf(each)) visit(inner);
  };
  visit(graph);
  return [...shares]
    .map(([code, share]) => ({
      type: elementName(code),
      ...share,
      bytes: packedBytes(code, share.elements),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}
