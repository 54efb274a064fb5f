import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementBits } from './elements.ts';
import {
  TensorProto_DataType as T,
  TensorProto_DataLocation,
  TensorProtoSchema,
} from './onnx_pb.ts';
import { tensorBytes, tensorNumbers } from './tensors.ts';

const raw = (dataType: T, dims: readonly number[], ...bytes: number[]) =>
  create(TensorProtoSchema, {
    name: 'w',
    dataType,
    dims: dims.map(BigInt),
    rawData: Uint8Array.from(bytes),
  });
const numbers = (dataType: T, count: number, ...bytes: number[]) => [
  ...tensorNumbers(raw(dataType, [count], ...bytes)),
];

describe('tensorNumbers', () => {
  it.each([
    ['float32', T.FLOAT, [0, 0, 0x80, 0x3f], 1],
    ['float64', T.DOUBLE, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], 1],
    ['float16', T.FLOAT16, [0x00, 0xc0], -2],
    ['float16, subnormal', T.FLOAT16, [0x01, 0x00], 2 ** -24],
    ['float16, infinite', T.FLOAT16, [0x00, 0x7c], Number.POSITIVE_INFINITY],
    ['bfloat16', T.BFLOAT16, [0x80, 0x3f], 1],
    ['float8e4m3fn, greatest', T.FLOAT8E4M3FN, [0x7e], 448],
    ['float8e4m3fn, not a number', T.FLOAT8E4M3FN, [0x7f], Number.NaN],
    ['float8e4m3fnuz, greatest', T.FLOAT8E4M3FNUZ, [0x7f], 240],
    ['float8e4m3fnuz, not a number', T.FLOAT8E4M3FNUZ, [0x80], Number.NaN],
    ['float8e5m2, greatest', T.FLOAT8E5M2, [0x7b], 57344],
    ['float8e5m2, infinite', T.FLOAT8E5M2, [0xfc], Number.NEGATIVE_INFINITY],
    ['float8e5m2fnuz, greatest', T.FLOAT8E5M2FNUZ, [0x7f], 57344],
    ['float8e8m0', T.FLOAT8E8M0, [0x80], 2],
    ['int8', T.INT8, [0xff], -1],
    ['uint8', T.UINT8, [0xff], 255],
    ['bool', T.BOOL, [1], 1],
    ['int16', T.INT16, [0xfe, 0xff], -2],
    ['uint16', T.UINT16, [0xfe, 0xff], 65534],
    ['int32', T.INT32, [0xff, 0xff, 0xff, 0xff], -1],
    ['uint32', T.UINT32, [0xff, 0xff, 0xff, 0xff], 2 ** 32 - 1],
    ['int64', T.INT64, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -1],
    ['uint64', T.UINT64, [1, 0, 0, 0, 0, 0, 0, 0], 1],
  ] as const)('reads %s', (_, type, bytes, expected) => {
    expect(numbers(type, 1, ...bytes)).toEqual([expected]);
  });

  it.each([
    ['uint4', T.UINT4, [0x2f, 0x01], [15, 2, 1]],
    ['int4', T.INT4, [0x2f, 0x08], [-1, 2, -8]],
    ['uint2', T.UINT2, [0b00_01_10_11], [3, 2, 1, 0]],
    ['int2', T.INT2, [0b00_01_10_11], [-1, -2, 1, 0]],
    ['float4e2m1', T.FLOAT4E2M1, [0xf7], [6, -6]],
    ['float6e2m3', T.FLOAT6E2M3, [0x5f, 0x00], [7.5, 0.125]],
    ['float6e3m2', T.FLOAT6E3M2, [0x1f, 0x08], [28, -0]],
  ] as const)('reads %s, the first element in the lowest bits', (_, type, bytes, expected) => {
    expect(numbers(type, expected.length, ...bytes)).toEqual(expected);
  });

  it.each([T.STRING, T.COMPLEX64])('refuses type %d, which has no plain numbers', (type) => {
    const bytes = new Array(elementBits(type) / 8).fill(0);
    expect(() => numbers(type, 1, ...bytes)).toThrow(/"w"/);
  });
});

describe('tensorBytes', () => {
  it('is a view of raw data', () => {
    const tensor = raw(T.INT8, [2], 1, 2);
    expect(tensorBytes(tensor).buffer).toBe(tensor.rawData.buffer);
  });

  const typed = (init: object) => create(TensorProtoSchema, { name: 'w', dims: [2n], ...init });
  it.each([
    ['float_data', { dataType: T.FLOAT, floatData: [1, -0.5] }, [1, -0.5]],
    ['double_data', { dataType: T.DOUBLE, doubleData: [1, 0.1] }, [1, 0.1]],
    ['int64_data', { dataType: T.INT64, int64Data: [1n, -7n] }, [1, -7]],
    ['uint64_data for uint32', { dataType: T.UINT32, uint64Data: [1n, 7n] }, [1, 7]],
    ['int32_data', { dataType: T.INT32, int32Data: [1, -7] }, [1, -7]],
    ['int32_data for int8', { dataType: T.INT8, int32Data: [1, -7] }, [1, -7]],
    ['int32_data for bool', { dataType: T.BOOL, int32Data: [1, 0] }, [1, 0]],
    ['int32_data for float16', { dataType: T.FLOAT16, int32Data: [0x3c00, 0xbc00] }, [1, -1]],
    ['int32_data for int4', { dataType: T.INT4, int32Data: [0xf1] }, [1, -1]],
  ])('makes raw data of %s, once', (_, init, expected) => {
    const tensor = typed(init);
    expect([...tensorNumbers(tensor)]).toEqual(expected);
    expect(tensor.rawData.length).toBeGreaterThan(0);
    expect([tensor.floatData, tensor.int32Data, tensor.int64Data].flat()).toEqual([]);
    expect(tensorBytes(tensor)).toBe(tensor.rawData);
  });

  it('refuses bytes that do not fit the shape, with both figures', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (elements, length) => {
        fc.pre(length !== elements * 4);
        const tensor = raw(T.FLOAT, [elements], ...new Array(length).fill(0));
        const message = new RegExp(`${elements} of float32, ${elements * 4} .* holds ${length}\\b`);
        expect(() => tensorBytes(tensor)).toThrow(message);
      }),
    );
  });

  it('refuses a shape past counting, with its sizes', () => {
    const tensor = raw(T.FLOAT, []);
    tensor.dims = [2n ** 62n, 3n];
    expect(() => tensorBytes(tensor)).toThrow(/4611686018427387904 × 3/);
  });
});

describe('external data', () => {
  const outside = (entries: Record<string, string>) =>
    create(TensorProtoSchema, {
      name: 'w',
      dataType: T.UINT8,
      dims: [2n],
      dataLocation: TensorProto_DataLocation.EXTERNAL,
      externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
    });
  const files = new Map([['w.bin', Uint8Array.of(1, 2, 3, 4)]]);

  it('is a view of its file', () => {
    const bytes = tensorBytes(outside({ location: './w.bin', offset: '1', length: '2' }), files);
    expect([...bytes]).toEqual([2, 3]);
    expect(bytes.buffer).toBe(files.get('w.bin')?.buffer);
  });

  it('is as long as its shape wants where no length is given, or one of 0, as the runtime reads it', () => {
    const read = (entries: Record<string, string>) => [
      ...tensorBytes(outside({ location: 'w.bin', ...entries }), files),
    ];
    expect(read({})).toEqual([1, 2]);
    expect(read({ offset: '1' })).toEqual([2, 3]);
    expect(read({ offset: '2', length: '0' })).toEqual([3, 4]);
    expect(() => read({ offset: '3' })).toThrow(/byte 5 .* 4 bytes/);
  });

  it.each([
    ['a file that is not there', { location: 'x.bin' }, /"w" lie in the file "x.bin"/],
    ['an end past the file', { location: 'w.bin', offset: '3', length: '2' }, /byte 5 .* 4 bytes/],
    ['an offset before the file', { location: 'w.bin', offset: '-3', length: '2' }, /offset -3/],
    ['no number', { location: 'w.bin', offset: 'x' }, /offset x/],
  ])('refuses %s', (_, entries, message) => {
    expect(() => tensorBytes(outside(entries), files)).toThrow(message);
    expect(() => tensorBytes(outside(entries), files)).toThrow(
      expect.objectContaining({ name: 'ExternalDataError' }),
    );
  });
});
