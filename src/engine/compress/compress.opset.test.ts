import { describe, expect, it } from 'vitest';
import { raiseOpset } from '../../core/compress/opset.ts';
import {
  floats,
  type GraphInit,
  integers,
  modelOf,
  type NodeInit,
  node,
  value,
} from '../../core/onnx/build.ts';
import {
  AttributeProto_AttributeType as A,
  TensorProto_DataType as T,
} from '../../core/onnx/onnx_pb.ts';
import { runOnce } from './compressed.testing.ts';

/** Adds an attribute of one float, or of several. */
function withFloats(made: NodeInit, name: string, ...given: number[]): NodeInit {
  const [f = 0] = given;
  const added =
    given.length === 1 ? { name, type: A.FLOAT, f } : { name, type: A.FLOATS, floats: given };
  made.attribute = [...(made.attribute ?? []), added];
  return made;
}

const pad = withFloats(node('Pad', ['x'], ['y'], { pads: [0, 1, 0, 2, 0, 0, 1, 0] }), 'value', 0.5);

const ids = (count: number) => Array.from({ length: count }, (_, i) => (i * 5) % 3);

/** Name, the operator set it was written for, nodes from x [2, 3, 4, 4] to y, and constants. */
const OLD: [string, number, NodeInit[], GraphInit['initializer']?][] = [
  ['Clip', 7, [withFloats(withFloats(node('Clip', ['x'], ['y']), 'min', -0.25), 'max', 0.125)]],
  ['Clip with one end', 7, [withFloats(node('Clip', ['x'], ['y']), 'max', 0.125)]],
  ['Pad', 7, [pad]],
  ['Slice', 7, [node('Slice', ['x'], ['y'], { starts: [1, -3], ends: [3, 9], axes: [1, 3] })]],
  ['TopK', 7, [node('TopK', ['x'], ['y', 'places'], { k: 2, axis: 1 })]],
  ['Dropout', 7, [withFloats(node('Dropout', ['x'], ['y']), 'ratio', 0.75)]],
  ['Softmax of all that follows an axis', 7, [node('Softmax', ['x'], ['y'], { axis: 2 })]],
  ['Softmax of one axis', 9, [node('Softmax', ['x'], ['y'], { axis: 3 })]],
  ['LogSoftmax', 11, [node('LogSoftmax', ['x'], ['y'])]],
  ['Hardmax', 11, [node('Hardmax', ['x'], ['y'], { axis: 2 })]],
  [
    'Unsqueeze and Squeeze',
    9,
    [
      node('Unsqueeze', ['x'], ['u'], { axes: [0, 3] }),
      node('Squeeze', ['u'], ['y'], { axes: [0] }),
    ],
  ],
  ['ReduceSum', 9, [node('ReduceSum', ['x'], ['y'], { axes: [1, 3], keepdims: 0 })]],
  ['ReduceSum of all', 9, [node('ReduceSum', ['x'], ['y'])]],
  ['ReduceMean', 13, [node('ReduceMean', ['x'], ['y'], { axes: [2] })]],
  ['ReduceL2', 9, [node('ReduceL2', ['x'], ['y'], { axes: [1] })]],
  ['Split', 9, [node('Split', ['x'], ['s', 'y'], { axis: 2, split: [1, 3] })]],
  ['Split in equal parts', 13, [node('Split', ['x'], ['s', 'y'], { axis: 2 })]],
  [
    'Upsample with an attribute',
    7,
    [withFloats(node('Upsample', ['x'], ['y'], { mode: 'nearest' }), 'scales', 1, 1, 2, 3)],
  ],
  [
    'Upsample',
    9,
    [node('Upsample', ['x', 'scales'], ['y'], { mode: 'linear' })],
    [floats('scales', [4], [1, 1, 2, 2])],
  ],
  [
    'Resize',
    10,
    [node('Resize', ['x', 'scales'], ['y'], { mode: 'nearest' })],
    [floats('scales', [4], [1, 1, 0.5, 1.5])],
  ],
  [
    'BatchNormalization',
    7,
    [node('BatchNormalization', ['x', 'three', 'three', 'three', 'three'], ['y'])],
    [floats('three', [3], [0.5, 1, 2])],
  ],
  [
    'Scatter',
    9,
    [node('Scatter', ['x', 'places', 'x'], ['y'], { axis: 1 })],
    [integers('places', ids(96), [2, 3, 4, 4])],
  ],
  [
    'RoiAlign',
    10,
    [node('RoiAlign', ['x', 'boxes', 'which'], ['y'], { output_height: 2, output_width: 2 })],
    [floats('boxes', [2, 4], [0, 0, 3, 3, 1, 0.5, 2.5, 3]), integers('which', [0, 1])],
  ],
  [
    'GridSample',
    16,
    [node('GridSample', ['x', 'grid'], ['y'], { mode: 'bicubic' })],
    [floats('grid', [2, 1, 2, 2], [-0.5, 0.25, 0, 0.75, 1, -1, 0.1, 0.2])],
  ],
];

describe('raised operator sets give what the old ones gave', () => {
  it.each(OLD)('%s of %i', async (_, version, nodes, initializer = []) => {
    const model = () =>
      modelOf(
        {
          input: [value('x', T.FLOAT, 2, 3, 4, 4)],
          output: [{ name: 'y' }],
          node: structuredClone(nodes),
          initializer,
        },
        { opsetImport: [{ domain: '', version: BigInt(version) }] },
      );
    const before = (await runOnce(model())).get('y');
    expect(before?.length).toBeGreaterThan(0);
    for (const to of [11, 13, 18, 21].filter((each) => each > version)) {
      const raised = model();
      raiseOpset(raised, to);
      const after = (await runOnce(raised)).get('y');
      expect(after).toEqual(before);
    }
  });
});
