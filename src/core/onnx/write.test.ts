import { fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node } from './build.ts';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.ts';
import { readModel } from './read.ts';
import { anyMessage } from './testing.ts';
import { concat, modelParts } from './write.ts';

const anyModel = anyMessage(ModelProtoSchema, 4) as fc.Arbitrary<ModelProto>;

describe('modelParts', () => {
  it('writes what protobuf’s own writer writes, byte for byte', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        expect(concat(modelParts(model))).toEqual(toBinary(ModelProtoSchema, model));
      }),
    );
  });

  it('is the inverse of reading, unknown fields included', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const bytes = concat(modelParts(model));
        const again = fromBinary(ModelProtoSchema, bytes, { recursionLimit: 300 });
        // Not protobuf's own `equals`: to it a NaN differs from itself.
        expect(again).toEqual(model);
        expect(concat(modelParts(again))).toEqual(bytes);
      }),
    );
  });

  it('hands out weights as views of the file they came from', () => {
    const model = modelOf({
      node: [node('Add', ['x', 'w'], ['y'])],
      initializer: [floats('w', [1000])],
    });
    const file = toBinary(ModelProtoSchema, model);
    const parts = modelParts(readModel(file, 'made.onnx'));
    const views = parts.filter(({ buffer }) => buffer === file.buffer);
    expect(views.map(({ length }) => length)).toEqual([4000]);
    expect(parts.length).toBeLessThanOrEqual(3);
  });
});
