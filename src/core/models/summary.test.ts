import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
} from '../onnx/onnx_pb.ts';
import { readModel } from '../onnx/read.ts';
import { summarise } from './summary.ts';

const { FLOAT, FLOAT16, INT8, UINT8, INT4, INT64, BFLOAT16 } = TensorProto_DataType;
type Graph = MessageInitShape<typeof GraphProtoSchema>;

/** Writes a model of one Add and what else its graph holds, and reads it back. */
function summaryOf(graph: Graph, opsetImport = [{ domain: '', version: 21n }]) {
  const node = [{ opType: 'Add' }];
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport,
    graph: { node, ...graph },
  });
  return summarise(readModel(toBinary(ModelProtoSchema, model), 'made.onnx'));
}

const weights = (dataType: TensorProto_DataType, ...dims: bigint[]) => ({
  name: `w${dataType}`,
  dataType,
  dims,
});
const dim = (size: bigint | string) =>
  typeof size === 'string'
    ? { value: { case: 'dimParam' as const, value: size } }
    : { value: { case: 'dimValue' as const, value: size } };
const input = (name: string, elemType: number, ...sizes: (bigint | string)[]) => ({
  name,
  type: {
    value: { case: 'tensorType' as const, value: { elemType, shape: { dim: sizes.map(dim) } } },
  },
});

describe('inputs and outputs', () => {
  it('have the runtime’s type names, sizes, and names of dynamic dimensions', () => {
    const { inputs, outputs } = summaryOf({
      input: [input('image', FLOAT, 'batch', 3n, 224n), input('ids', INT64, '')],
      output: [input('y', FLOAT16)],
    });
    expect(inputs).toEqual([
      { name: 'image', type: 'float32', shape: ['batch', 3, 224] },
      { name: 'ids', type: 'int64', shape: [''] },
    ]);
    expect(outputs).toEqual([{ name: 'y', type: 'float16', shape: [] }]);
  });

  it('of types that nothing here can fill are named all the same', () => {
    const { inputs } = summaryOf({
      input: [input('a', BFLOAT16), input('b', 999), { name: 'c' }, { name: 'd', type: {} }],
    });
    expect(inputs.map(({ type }) => type)).toEqual(['bfloat16', 'type 999', 'untyped', 'untyped']);
  });
});

describe('precision', () => {
  it.each([
    ['fp32', FLOAT],
    ['fp16', FLOAT16],
    ['int8', INT8],
    ['int8', UINT8],
    ['int4', INT4],
    ['unknown', INT64],
    ['unknown', BFLOAT16],
  ] as const)('is %s for weights of type %d', (precision, type) => {
    expect(summaryOf({ initializer: [weights(type, 100n)] }).precision).toBe(precision);
  });

  it('is that of most weights by number, whatever shapes and indices there are', () => {
    const initializer = [weights(FLOAT, 10n), weights(INT8, 4n, 5n), weights(INT64, 1000n)];
    expect(summaryOf({ initializer })).toMatchObject({ precision: 'int8', parameters: 1030 });
  });

  it('is int4 where 4-bit weights are packed in bytes', () => {
    const node = [{ opType: 'MatMulNBits' }];
    expect(summaryOf({ node, initializer: [weights(UINT8, 100n)] }).precision).toBe('int4');
  });

  it('is int8 where that operator says that its weights have 8 bits', () => {
    const node = [{ opType: 'MatMulNBits', attribute: [{ name: 'bits', i: 8n }] }];
    expect(summaryOf({ node, initializer: [weights(UINT8, 100n)] }).precision).toBe('int8');
  });

  it('is unknown without weights', () => {
    expect(summaryOf({})).toMatchObject({ precision: 'unknown', parameters: 0 });
  });
});

describe('operators', () => {
  it('are counted by type', () => {
    const node = ['Conv', 'Relu', 'Conv'].map((opType) => ({ opType }));
    expect(summaryOf({ node }).operators).toEqual({ Conv: 2, Relu: 1 });
  });

  // These are members of Object.prototype.
  it('are counted whatever they are called', () => {
    const node = ['constructor', 'toString'].map((opType) => ({ opType }));
    expect(Object.values(summaryOf({ node }).operators)).toEqual([1, 1]);
  });
});

it('the opset is that of the default domain, 0 when none is stated', () => {
  const others = [{ domain: 'com.microsoft', version: 1n }];
  expect(summaryOf({}, [...others, { domain: '', version: 17n }]).opset).toBe(17);
  expect(summaryOf({}, others).opset).toBe(0);
});

it('files with weights are named once each', () => {
  const kept = (name: string, file: string) => ({
    ...weights(FLOAT, 2n),
    name,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: [
      { key: 'offset', value: '0' },
      { key: 'location', value: file },
    ],
  });
  const initializer = [
    kept('a', 'x.bin'),
    kept('b', 'y.bin'),
    kept('c', 'x.bin'),
    weights(INT8, 1n),
  ];
  expect(summaryOf({ initializer }).externalFiles).toEqual(['x.bin', 'y.bin']);
});

describe('damage', () => {
  it('is either refused as a model or read without an exception', () => {
    const graph: Graph = {
      node: [{ opType: 'Conv', name: 'conv', input: ['x', 'w'], output: ['y'] }],
      input: [input('x', FLOAT, 'batch', 3n)],
      initializer: [weights(FLOAT, 2n, 3n), weights(INT8, 4n)],
    };
    const whole = toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 10n, graph }));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, byte] of changes) if (at < length) bytes[at] = byte;
        try {
          summarise(readModel(bytes, 'made.onnx'));
        } catch (error) {
          expect(error).toMatchObject({ name: 'ModelUnreadableError' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves weights as views of the file', () => {
    const rawData = Uint8Array.of(1, 2, 3, 4);
    const graph = { node: [{ opType: 'Add' }], initializer: [{ ...weights(FLOAT, 1n), rawData }] };
    const bytes = toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph }));
    const read = readModel(bytes, 'made.onnx').graph?.initializer[0]?.rawData;
    expect(read).toEqual(rawData);
    expect(read?.buffer).toBe(bytes.buffer);
  });
});
