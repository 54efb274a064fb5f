import { type GraphIndex, readBy } from '../../onnx/graph.ts';
import type { ModelProto, NodeProto } from '../../onnx/onnx_pb.ts';

/** The part of a model that some tensors depend on; shares nodes and weights with it. */
export function upTo(model: ModelProto, index: GraphIndex, tensors: readonly string[]): ModelProto {
  const graph = index.graph;
  const needed = new Set<NodeProto>();
  const names = new Set<string>();
  const open = [...tensors];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    const maker = index.producers.get(name);
    if (!maker || needed.has(maker)) continue;
    needed.add(maker);
    open.push(...readBy(maker));
  }
  return {
    ...model,
    graph: {
      ...graph,
      node: index.order.filter((node) => needed.has(node)),
      initializer: graph.initializer.filter((tensor) => names.has(tensor.name)),
      // The tensors themselves become outputs when they are asked for.
      output: graph.output.filter(({ name }) => tensors.includes(name)),
    },
  };
}
