import { expect, it } from 'vitest';
import { modelOf, node, value } from '../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { inferTypes } from './infer.ts';
import { sizesOf } from './sizes.ts';

it('gives dynamic dimensions the sizes of the feeds, those without a name too', () => {
  const model = modelOf({
    input: [value('x', T.FLOAT, 'batch', 3, '?', 'n', -1)],
    output: [value('y', T.FLOAT)],
    node: [node('Relu', ['x'], ['y'])],
  });
  const data = new Float32Array(2 * 3 * 4 * 5 * 6);
  const feeds = {
    count: 1,
    inputs: [{ name: 'x', type: 'float32', dims: [2, 3, 4, 5, 6], data } as const],
  };
  const sizes = sizesOf(model, feeds);
  expect(sizes).toEqual({ batch: 2, 'x[2]': 4, n: 5, 'x[4]': 6 });
  expect(inferTypes(model, { sizes }).types.get('y')?.shape).toEqual([2, 3, 4, 5, 6]);
});
