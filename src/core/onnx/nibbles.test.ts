import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packNibbles } from './nibbles.ts';
import { TensorProto_DataType as T, TensorProtoSchema } from './onnx_pb.ts';
import { tensorNumbers } from './tensors.ts';

it.each([
  [T.INT4, -8, 7],
  [T.UINT4, 0, 15],
])('elements of type %i come back, odd counts too', (dataType, min, max) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min, max })), (values) => {
      const rawData = packNibbles(values) as Uint8Array<ArrayBuffer>;
      const dims = [BigInt(values.length)];
      const tensor = create(TensorProtoSchema, { name: 'w', dataType, dims, rawData });
      expect([...tensorNumbers(tensor)]).toEqual(values);
    }),
  );
});

it('puts the first element into the low half, and 0 past an odd end', () => {
  expect([...packNibbles([1, -1, 7])]).toEqual([0xf1, 0x07]);
});
