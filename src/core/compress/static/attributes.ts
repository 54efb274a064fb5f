import { AttributeProto_AttributeType as A, type NodeProto } from '../../onnx/onnx_pb.ts';

/** An attribute's number; `fallback` where the node does not have it. */
export function numberOf({ attribute }: NodeProto, name: string, fallback: number): number {
  const found = attribute.find((each) => each.name === name);
  if (!found) return fallback;
  return found.type === A.FLOAT ? found.f : Number(found.i);
}

/** An attribute's text; `fallback` where the node does not have it. */
export function textOf({ attribute }: NodeProto, name: string, fallback: string): string {
  const found = attribute.find((each) => each.name === name);
  return found ? String.fromCharCode(...found.s) : fallback;
}

/** Takes an attribute away, so that its default holds. */
export function dropAttribute(node: NodeProto, name: string): void {
  node.attribute = node.attribute.filter((each) => each.name !== name);
}
