import { readFileSync } from 'node:fs';
import { create, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarise } from '../models/summary.ts';
import { ModelProtoSchema, TensorProto_DataLocation, TensorProto_DataType } from './onnx_pb.ts';
import { readModel } from './read.ts';

const whole = readFileSync(new URL('../../../public/models/digits-fp32.onnx', import.meta.url));
const rejected = expect.objectContaining({ name: 'ModelUnreadableError' });

describe('readModel', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html><html></html>')],
    ['half a file', whole.subarray(0, whole.length >> 1)],
  ])('refuses %s, naming the file', (_, bytes) => {
    expect(() => readModel(bytes, 'mine.onnx')).toThrow(rejected);
    expect(() => readModel(bytes, 'mine.onnx')).toThrow(/^mine\.onnx /);
  });

  it('gives weights whose slices are copies, whatever the file was read by', () => {
    const weights = readModel(whole, 'mine.onnx').graph?.initializer[0]?.rawData;
    expect(weights?.slice(0, 4).buffer.byteLength).toBe(4);
  });

  it('throws nothing else, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          readModel(bytes, 'mine.onnx');
        } catch (error) {
          expect(error).toEqual(rejected);
        }
      }),
    );
  });
});

describe('summarise', () => {
  const model = create(ModelProtoSchema, {
    irVersion: 3n,
    opsetImport: [{ domain: '', version: 9n }],
    graph: {
      node: [{ opType: 'Add', input: ['x', 'w'], output: ['y'] }],
      input: [{ name: 'x' }, { name: 'w' }],
      output: [{ name: 'y' }],
      initializer: [
        {
          name: 'w',
          dims: [2n, 3n],
          dataType: TensorProto_DataType.FLOAT16,
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: [{ key: 'location', value: 'w.bin' }],
        },
      ],
    },
  });
  const summary = summarise(readModel(toBinary(ModelProtoSchema, model), 'mine.onnx'));

  it('leaves out weights that are listed among the inputs, as before IR version 4', () => {
    expect(summary.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('counts weights, names their precision and the files that hold them', () => {
    expect(summary).toMatchObject({
      parameters: 6,
      precision: 'fp16',
      opset: 9,
      irVersion: 3,
      externalFiles: ['w.bin'],
    });
  });
});
