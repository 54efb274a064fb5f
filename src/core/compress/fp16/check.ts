import { type Frame, inferTypes, typeIn } from '../../inspect/shapes/infer.ts';
import { domainOf, nodeTitle } from '../../onnx/graph.ts';
import { type ModelProto, type NodeProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { inputStaysFloat } from './operators.ts';

/** Operators of which two float inputs may differ in type; others take one type. */
const MIXING = new Set(
  `BatchNormalization Cast CastLike DequantizeLinear GroupQueryAttention If Loop OneHot Pow QuantizeLinear Scan`.split(
    ' ',
  ),
);

/** Nodes that read float16 beside float32 where their operator takes one type only, for people. */
export function mixedFloats(model: ModelProto): string[] {
  return mixedIn(inferTypes(model));
}

function mixedIn(frame: Frame): string[] {
  const own = frame.order.filter((node) => mixes(frame, node)).map(nodeTitle);
  const inner = [...frame.bodies.values()].flatMap((bodies) => bodies.flatMap(mixedIn));
  return [...own, ...inner];
}

function mixes(frame: Frame, node: NodeProto): boolean {
  if (domainOf(node.domain) !== '' || MIXING.has(node.opType)) return false;
  const widths = node.input.flatMap((name, i) => {
    const elem = name === '' || inputStaysFloat(node, i) ? null : typeIn(frame, name)?.elem;
    return elem === T.FLOAT || elem === T.FLOAT16 ? [elem] : [];
  });
  return new Set(widths).size > 1;
}
