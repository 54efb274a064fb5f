import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { modelOf, node, value } from '../../core/onnx/build.ts';
import { TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { createSession, infer, specsOf, toOutputs } from './ort.ts';

ort.env.wasm.numThreads = 1;

/** A list of tensors, as the list of maps is in which classifiers of scikit-learn end. */
const listOf = (name: string) => ({
  name,
  type: {
    value: {
      case: 'sequenceType' as const,
      value: { elemType: value('', T.FLOAT, 'n').type },
    },
  },
});
const text = new TextEncoder();

/** Gives out numbers, a list and a text, in this order, as far as they are asked for. */
const model = (...names: ('numbers' | 'list' | 'label')[]) => {
  const outputs = {
    numbers: value('numbers', T.FLOAT, 'n'),
    list: listOf('list'),
    label: value('label', T.STRING, 1),
  };
  return modelOf({
    input: [value('x', T.FLOAT, 'n')],
    node: [
      node('Relu', ['x'], ['numbers']),
      node('SequenceConstruct', ['x'], ['list']),
      node('Identity', ['word'], ['label']),
    ],
    initializer: [
      { name: 'word', dims: [1n], dataType: T.STRING, stringData: [text.encode('cat')] },
    ],
    output: names.map((name) => outputs[name]),
  });
};

const open = (given: ReturnType<typeof model>) =>
  createSession(
    ort,
    { model: concat(modelParts(given)), external: [] },
    { kind: 'wasm', threads: 1 },
    'mine.onnx',
    'nothing',
  );

test('what is no number is left out, and the rest is read', async () => {
  const session = await open(model('list', 'numbers', 'label'));
  const types = specsOf(session).outputs.map(({ type }) => type);
  expect(types).toEqual(['not a tensor', 'float32', 'string']);
  const x = new ort.Tensor('float32', Float32Array.of(-1, 2), [2]);
  const outputs = toOutputs(session, await infer(session, { x }));
  expect(outputs).toEqual([{ name: 'numbers', dims: [2], data: Float32Array.of(0, 2) }]);
});

test('a model without any number to read is refused by the names of its outputs', async () => {
  await expect(open(model('list', 'label'))).rejects.toMatchObject({
    name: 'ModelRejectedError',
    message: expect.stringContaining(
      'none of its outputs can be read as numbers: "list" and "label"',
    ),
  });
});
