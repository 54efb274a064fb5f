import { isExternal } from '../onnx/external.ts';
import { firstOutput, subgraphsOf } from '../onnx/graph.ts';
import type { GraphProto, ModelProto, NodeProto, TensorProto } from '../onnx/onnx_pb.ts';
import { tensorNumbers } from '../onnx/tensors.ts';
import type { RandomNode } from './model.ts';

/** Operators that draw in every run, with a seed too: it only starts the sequence. */
const DRAWS: readonly string[] = [
  'Bernoulli',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
];

/** From operator set 12 on, Dropout is told by its third input that it trains. */
const TRAINING = 2;

/** Every node of a model, those of subgraphs and functions too; `seen` is shown each graph on the way. */
function* nodesOf(
  nodes: readonly NodeProto[],
  seen: (graph: GraphProto) => void,
): Iterable<NodeProto> {
  for (const node of nodes) {
    yield node;
    for (const { graph } of subgraphsOf(node)) {
      seen(graph);
      yield* nodesOf(graph.node, seen);
    }
  }
}

/** Whether a tensor is known to be false. */
const isFalse = (tensor: TensorProto | undefined): boolean =>
  tensor !== undefined && !isExternal(tensor) && tensorNumbers(tensor)[0] === 0;

/** The first node of a model that draws random numbers in a run; null when none does. */
export function randomNode({ graph, functions }: ModelProto): RandomNode | null {
  const constants = new Map<string, TensorProto>();
  const seen = ({ initializer }: GraphProto) => {
    for (const tensor of initializer) constants.set(tensor.name, tensor);
  };
  if (graph) seen(graph);
  const bodies = [graph?.node ?? [], ...functions.map(({ node }) => node)];
  for (const node of bodies.flatMap((body) => [...nodesOf(body, seen)])) {
    const { opType, domain, input, output, attribute } = node;
    if (domain !== '' && domain !== 'ai.onnx') continue;
    const value = opType === 'Constant' && attribute.find(({ name }) => name === 'value')?.t;
    if (value && output[0]) constants.set(output[0], value);
    const mode = opType === 'Dropout' ? input[TRAINING] : undefined;
    if (DRAWS.includes(opType) || (mode && !isFalse(constants.get(mode)))) {
      return { operator: opType, node: node.name || firstOutput(node) };
    }
  }
  return null;
}
