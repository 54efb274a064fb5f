import { expect, it } from 'vitest';
import { modelOf, node, value } from '../../core/onnx/build.ts';
import { TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { SMALLEST_MODEL } from './smallest.ts';

it('is a model whose output is its input', () => {
  const model = modelOf({
    name: 'g',
    node: [node('Identity', ['x'], ['y'])],
    input: [value('x', T.FLOAT, 1)],
    output: [value('y', T.FLOAT, 1)],
  });
  const written = Buffer.from(concat(modelParts(model))).toString('base64');
  expect(Buffer.from(SMALLEST_MODEL).toString('base64')).toBe(written);
});
