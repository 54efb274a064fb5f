import { figure } from '../format.ts';
import { AttributeProto_AttributeType as A, type AttributeProto } from '../onnx/onnx_pb.ts';
import { tensorType, typeText } from './shapes/types.ts';

/** Longer lists end in an ellipsis. */
const MAX_SHOWN = 12;

const listed = (items: readonly (string | number | bigint)[]) =>
  `[${items.slice(0, MAX_SHOWN).join(', ')}${items.length > MAX_SHOWN ? ', …' : ''}]`;

const utf8 = (bytes: Uint8Array) => decodeURIComponent(escapeBytes(bytes));
const escapeBytes = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

function textOf(bytes: Uint8Array): string {
  try {
    return `"${utf8(bytes)}"`;
  } catch {
    return `${bytes.length} bytes`;
  }
}

/** An attribute's value for people: "[3, 3]", "0.100", "float32[64,3]", "a graph of 12 nodes". */
export function attributeText(attribute: AttributeProto): string {
  const { type, refAttrName } = attribute;
  if (refAttrName) return `the function's ${refAttrName}`;
  switch (type) {
    case A.INT:
      return String(attribute.i);
    case A.INTS:
      return listed(attribute.ints);
    case A.FLOAT:
      return figure(attribute.f);
    case A.FLOATS:
      return listed(attribute.floats.map(figure));
    case A.STRING:
      return textOf(attribute.s);
    case A.STRINGS:
      return listed(attribute.strings.map(textOf));
    case A.TENSOR:
      return attribute.t
        ? typeText(tensorType(attribute.t.dataType, attribute.t.dims.map(Number)))
        : 'a tensor';
    case A.GRAPH:
      return `a graph of ${attribute.g?.node.length ?? 0} nodes`;
    default:
      return (A[type] ?? 'unknown').toLowerCase().replaceAll('_', ' ');
  }
}
