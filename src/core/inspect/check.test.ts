import { toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, value } from '../onnx/build.ts';
import { ModelProtoSchema, TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { readModel } from '../onnx/read.ts';
import { deeplyNested } from '../onnx/testing.ts';
import { inspect } from './inspect.ts';

const x = value('x', T.FLOAT, 2, 3);
const add = node('Add', ['x', 'w'], ['y']);

const bytesOf = (...args: Parameters<typeof modelOf>) =>
  toBinary(ModelProtoSchema, modelOf(...args));
const huge = { ...floats('w', []), dims: [2n ** 62n, 3n] };
const short = { ...floats('w', [3]), dims: [4n] };

/** A file, what it is refused as, and the value that the message must quote. */
const BAD: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  ['a web page', new TextEncoder().encode('<!doctype html>'), 'ModelUnreadableError', /15 bytes/],
  ['protobuf that is no ONNX', Uint8Array.of(0x08, 0x07), 'ModelUnreadableError', /no ONNX graph/],
  [
    'half a file',
    bytesOf({ input: [x], node: [add], initializer: [floats('w', [3])] }).subarray(0, 60),
    'ModelUnreadableError',
    /60 bytes/,
  ],
  [
    'a cycle',
    bytesOf({ node: [node('A', ['b'], ['a']), node('B', ['a'], ['b'])] }),
    'GraphError',
    /cyclic: B_b and A_a wait/,
  ],
  ['a missing tensor', bytesOf({ input: [x], node: [add] }), 'GraphError', /"w"/],
  [
    'an input past counting',
    bytesOf({ input: [value('x', T.FLOAT, 2 ** 62, 3)], node: [node('Relu', ['x'], ['y'])] }),
    'DimensionError',
    /"x" .* 4611686018427387904 × 3/,
  ],
  [
    'weights past counting',
    bytesOf({ input: [x], node: [add], initializer: [huge] }),
    'DimensionError',
    /"w" .* 4611686018427387904 × 3/,
  ],
  [
    'weights cut short',
    bytesOf({ input: [x], node: [add], initializer: [short] }),
    'DimensionError',
    /4 of float32, 16 bytes, and hold 12/,
  ],
  [
    '10,000 graphs inside one another',
    deeplyNested(10_000),
    'ModelUnreadableError',
    /300 messages/,
  ],
];

describe('a file that is', () => {
  it.each(BAD)('%s is refused with the value, at once', (_, bytes, name, message) => {
    const read = () => inspect(readModel(bytes, 'bad.onnx'), 'bad.onnx', bytes.length);
    const started = performance.now();
    expect(read).toThrow(expect.objectContaining({ name }));
    expect(read).toThrow(message);
    // A guard against hanging, two orders above what it takes.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('sizes past counting that appear on the way leave only their own costs unknown', () => {
  const initializer = [
    {
      ...floats('big', [1]),
      dataType: T.INT64,
      rawData: new Uint8Array(BigInt64Array.of(2n ** 62n).buffer),
    },
  ];
  const model = modelOf({
    input: [x],
    node: [
      node('ConstantOfShape', ['big'], ['c']),
      node('Add', ['x', 'c'], ['y']),
      node('Relu', ['x'], ['z']),
    ],
    initializer,
  });
  const { nodes } = inspect(model, 'big', 1);
  expect(nodes.map(({ operator, cost }) => [operator, cost === null])).toEqual([
    ['ConstantOfShape', false],
    ['Add', true],
    ['Relu', false],
  ]);
});
