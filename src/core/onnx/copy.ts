import { clone } from '@bufbuild/protobuf';
import { subgraphsOf } from './graph.ts';
import { type ModelProto, type NodeProto, NodeProtoSchema } from './onnx_pb.ts';

/** A copy of its own fields: unset ones have their defaults in the prototype, which a spread would lose. */
export const shallow = <Message extends object>(message: Message): Message =>
  Object.assign(Object.create(Object.getPrototypeOf(message)) as Message, message);

/** Deep where it holds a graph, else sharing all but the names it reads and makes. */
export function copyNode(node: NodeProto): NodeProto {
  if (subgraphsOf(node).length > 0) return clone(NodeProtoSchema, node);
  const { input, output, attribute } = node;
  return Object.assign(shallow(node), {
    input: [...input],
    output: [...output],
    attribute: [...attribute],
  });
}

/**
 * The model as it is now: nodes, names and lists of its graph may then be changed in either of
 * the two. Weights are shared, so it costs next to nothing; neither may write into them.
 */
export function copyModel(model: ModelProto): ModelProto {
  const { graph, opsetImport, functions } = model;
  const copy = Object.assign(shallow(model), {
    opsetImport: opsetImport.map(shallow),
    functions: [...functions],
  });
  if (!graph) return copy;
  copy.graph = Object.assign(shallow(graph), {
    node: graph.node.map(copyNode),
    initializer: [...graph.initializer],
    sparseInitializer: [...graph.sparseInitializer],
    input: [...graph.input],
    output: graph.output.map(shallow),
    valueInfo: [...graph.valueInfo],
  });
  return copy;
}
