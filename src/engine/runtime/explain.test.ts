import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { adviceFor } from '../../core/advice.ts';
import { toError } from '../../core/errors.ts';
import { floats, modelOf, type NodeInit, node, value } from '../../core/onnx/build.ts';
import { TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { explain } from './ort.ts';

ort.env.wasm.numThreads = 1;

const model = (nodes: NodeInit[], more: Parameters<typeof modelOf>[1] = {}) =>
  modelOf(
    {
      input: [value('x', T.FLOAT, 'n', 'm')],
      node: nodes,
      initializer: [floats('w', [3, 3])],
      output: [value('y', T.FLOAT, 'n', 3)],
    },
    more,
  );
const relu = [node('Relu', ['x'], ['y'])];
const at = (version: bigint) => ({ opsetImport: [{ domain: '', version }] });

/** What the runtime itself says of a model that it cannot load, or not run on 2 x 4 numbers. */
async function refusal(given: ReturnType<typeof model>): Promise<Error> {
  let otherwise: 'ModelRejectedError' | 'RunError' = 'ModelRejectedError';
  try {
    const options = { logSeverityLevel: 4 } as const;
    const session = await ort.InferenceSession.create(concat(modelParts(given)), options);
    otherwise = 'RunError';
    await session.run({ x: new ort.Tensor('float32', new Float32Array(8), [2, 4]) });
  } catch (thrown) {
    return explain(toError(thrown), 'mine.onnx', otherwise);
  }
  throw new Error('The runtime took it.');
}

test.each([
  ['an IR version that is too new', model(relu, { irVersion: 14n }), 'ModelVersionError', /opset/],
  ['an operator set that is too new', model(relu, at(27n)), 'ModelVersionError', /opset/],
  ['one that is too old', model(relu, at(5n)), 'OperatorError', /newer/],
  ['an unknown operator', model([node('Frob', ['x'], ['y'])]), 'OperatorError', /operator/],
  ['a type error', model([node('And', ['x', 'x'], ['y'])]), 'ModelRejectedError', /^$/],
  ['sizes that do not fit', model([node('MatMul', ['x', 'w'], ['y'])]), 'RunError', /sizes/],
] as const)('%s has a next step of its own, or none', async (_, given, name, advice) => {
  const error = await refusal(given);
  expect(error.message).toMatch(/^mine\.onnx: the runtime said: /);
  expect(error.name).toBe(name);
  expect(adviceFor(error.name)).toMatch(advice);
});
