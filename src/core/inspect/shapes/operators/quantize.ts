import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt, shapeText } from './axes.ts';
import { agreed } from './checks.ts';

/**
 * A scale is one for all, one per item of an axis, or one per block along that axis.
 * @throws Contradiction for a scale that is none of these
 */
function checkScale(node: NodeView): void {
  const [data, scale] = [node.shape(0), node.shape(1)];
  if (!data || !scale || scale.length === 0) return;
  const block = node.int('block_size', 0);
  if (scale.length === 1 && block === 0) {
    // Older files give one scale for all as a list of one; so does onnxruntime read it.
    if (scale[0] === 1) return;
    const axis = axisAt(node.int('axis', 1), data.length);
    agreed(`scales and sizes of axis ${axis} of ${shapeText(data)}`, scale[0], data[axis]);
  } else if (scale.length !== data.length) {
    throw new Contradiction(
      `Scales of shape ${shapeText(scale)} are none for data of shape ${shapeText(data)}.`,
    );
  }
}

/** The zero point's type, or that of `output_dtype`, or uint8. */
const quantize: ShapeRule = (node) => {
  checkScale(node);
  const elem = node.has(2) ? node.elem(2) : node.int('output_dtype', 0) || T.UINT8;
  return [elem === null ? null : tensorType(elem, node.shape(0))];
};

const dequantize: ShapeRule = (node) => {
  checkScale(node);
  const elem = node.int('output_dtype', 0) || node.elem(1);
  return [elem === null ? null : tensorType(elem, node.shape(0))];
};

const dynamicQuantize: ShapeRule = (node) => [
  tensorType(T.UINT8, node.shape(0)),
  tensorType(T.FLOAT, []),
  tensorType(T.UINT8, []),
];

/** Between floats and small integers; com.microsoft has its own of the same names. */
export const QUANTIZE: Rules = {
  QuantizeLinear: quantize,
  DequantizeLinear: dequantize,
  DynamicQuantizeLinear: dynamicQuantize,
};
