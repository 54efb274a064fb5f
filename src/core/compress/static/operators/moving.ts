import type { NodeProto } from '../../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../../onnx/tensors.ts';
import { textOf } from '../attributes.ts';
import type { Marker } from '../marks.ts';
import { INPUT_NOT_QUANTIZED, type Mark, NOT_FLOAT32, type OperatorRule } from './rule.ts';

/** Operators that move numbers, or pick some of them, and work on codes as they are. */
const moving: Mark = (node, marker) => {
  const [input = ''] = node.input;
  const [output = ''] = node.output;
  if (!marker.isFloat(output)) return NOT_FLOAT32;
  if (!marker.isMarked(input)) return INPUT_NOT_QUANTIZED;
  marker.sameAs(node, output, input);
  return null;
};

const since =
  (opset: number, mark: Mark): Mark =>
  (node, marker) =>
    marker.subject.opset < opset
      ? `before operator set ${opset} it takes no codes`
      : mark(node, marker);

const split: Mark = (node, marker) => {
  const [input] = node.input;
  if (!marker.isFloat(input)) return NOT_FLOAT32;
  for (const output of node.output) marker.sameAs(node, output, input);
  return null;
};

/** A table that is constant is stored as codes, whoever reads it. */
const gather: Mark = (node, marker) => {
  const [input = ''] = node.input;
  const [output = ''] = node.output;
  if (!marker.isFloat(output)) return NOT_FLOAT32;
  if (!marker.constant(input) && !marker.isMarked(input)) return INPUT_NOT_QUANTIZED;
  marker.sameAs(node, output, input);
  return null;
};

/** Whether what is filled in has a code whatever the scale: copies of the input, or 0. */
function padsWithInput(node: NodeProto, marker: Marker): boolean {
  if (textOf(node, 'mode', 'constant') !== 'constant') return true;
  const name = node.input[2];
  if (!name) return !node.attribute.some((each) => each.name === 'value' && each.f !== 0);
  const filling = marker.constant(name);
  return filling !== null && tensorNumbers(filling)[0] === 0;
}

const pad: Mark = (node, marker) => {
  const [input = '', ...rest] = node.input;
  const [output = ''] = node.output;
  if (!marker.isFloat(input) || !marker.isFloat(output)) return NOT_FLOAT32;
  const shared = padsWithInput(node, marker);
  for (const name of [input, ...rest]) marker.activation(node, name);
  if (shared) marker.sameAs(node, output, input);
  else marker.activation(node, output);
  return null;
};

const integer: OperatorRule = { mark: moving, fused: true, idleBeforeFloat: true };

export const MOVING: Readonly<Record<string, OperatorRule>> = {
  Reshape: integer,
  Transpose: integer,
  Squeeze: integer,
  Unsqueeze: integer,
  Flatten: integer,
  Slice: integer,
  MaxPool: { mark: since(12, moving), fused: true },
  AveragePool: { mark: moving, fused: true },
  Resize: {
    mark: since(11, moving),
    // Between codes only the nearest one can be taken.
    fused: (node) => textOf(node, 'mode', 'nearest') === 'nearest',
  },
  Split: { mark: split, fused: true, idleBeforeFloat: true },
  Gather: { mark: gather, fused: true, idleBeforeFloat: true },
  GatherElements: { mark: gather, fused: true, idleBeforeFloat: true },
  Pad: { mark: pad, fused: false },
  TopK: { mark: moving, fused: false },
};

/** Those that onnxruntime's tool does not know, but its runtime runs on codes. */
export const MOVING_TOO: Readonly<Record<string, OperatorRule>> = {
  Expand: integer,
  Tile: integer,
  DepthToSpace: integer,
  ReduceMax: { mark: since(12, moving), fused: true, idleBeforeFloat: true },
  ReduceMin: { mark: since(12, moving), fused: true, idleBeforeFloat: true },
};
