import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { summarise } from '../core/models/summary.ts';
import { modelOf, node, value } from '../core/onnx/build.ts';
import { TensorProto_DataType as T } from '../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../core/onnx/write.ts';
import { randomFeeds } from '../core/race/inputs.ts';
import { dynamicSizes } from '../core/tensors/tensors.ts';
import { feedTensors, infer, specsOf } from './runtime/ort.ts';

ort.env.wasm.numThreads = 1;

/** As exporters write a size that they leave open; '' and -1 have no name at all. */
const SPELLINGS = ['n', 'unk__99', 'batch + 1', 'None', '-1', '?', '', -1];

const relu = (open: string | number) =>
  modelOf({
    name: 'relu',
    input: [value('x', T.FLOAT, open, 4)],
    node: [node('Relu', ['x'], ['y'])],
    output: [value('y', T.FLOAT, open, 4)],
  });

test.each(SPELLINGS)(
  'a size left open as "%s" is 1 in a session, and what is typed for the file',
  async (open) => {
    const model = relu(open);
    const session = await ort.InferenceSession.create(concat(modelParts(model)));
    try {
      const { inputs } = specsOf(session);
      const [field, ...others] = Object.keys(dynamicSizes(summarise(model).inputs, {}));
      expect(others).toEqual([]);
      for (const [typed, rows] of [
        [{}, 1],
        [{ [field as string]: 5 }, 5],
      ] as const) {
        const feeds = randomFeeds(inputs, typed, 1);
        const { y } = await infer(session, feedTensors(ort, feeds.inputs, 0));
        expect(y?.dims).toEqual([rows, 4]);
      }
    } finally {
      await session.release();
    }
  },
);
