import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, feedTensors, infer, type Session, specsOf, toOutputs } from './ort.ts';

type Runtime = Parameters<typeof feedTensors>[0];
type Results = Parameters<typeof toOutputs>[1];

/** What a session returns for one output `y` of this type. */
function outputOf(type: string, data: ArrayLike<unknown>) {
  const session = {
    inputMetadata: [],
    outputMetadata: [{ isTensor: true, name: 'y', type, shape: [] }],
  } as unknown as Session;
  const results = { y: { type, dims: [data.length], data } } as unknown as Results;
  const [output] = toOutputs(session, results);
  if (!output) throw new Error('no output');
  return output;
}

describe('toOutputs', () => {
  it.each([
    ['float32', Float32Array.of(1.5, Number.NaN), [1.5, Number.NaN]],
    ['float64', Float64Array.of(1e300), [1e300]],
    ['int8', Int8Array.of(-128, 127), [-128, 127]],
    ['uint16', Uint16Array.of(0x3c00), [0x3c00]],
    ['int64', BigInt64Array.of(-3n, 2n ** 40n), [-3, 2 ** 40]],
    ['bool', Uint8Array.of(0, 1), [0, 1]],
  ] as const)('gives %s as plain numbers', (type, data, numbers) => {
    const output = outputOf(type, data);
    expect([...output.data]).toEqual(numbers);
    expect([output.name, output.dims]).toEqual(['y', [numbers.length]]);
  });

  it('copies, so that the runtime may reuse its memory', () => {
    const data = Float32Array.of(1, 2);
    const output = outputOf('float32', data);
    data.fill(9);
    expect([...output.data]).toEqual([1, 2]);
  });

  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('reads the float16 bits %i as %f', (bits, value) => {
    expect(outputOf('float16', Uint16Array.of(bits)).data[0]).toBe(value);
  });

  it('keeps the order of float16 values, which is that of their bits', () => {
    const finite = fc.integer({ min: 0, max: 0x7bfe });
    fc.assert(
      fc.property(finite, (bits) => {
        const [a, b] = outputOf('float16', Uint16Array.of(bits, bits + 1)).data;
        expect(a).toBeLessThan(b as number);
      }),
    );
  });
});

describe('feedTensors', () => {
  class Tensor {
    constructor(
      readonly type: string,
      readonly data: Float32Array,
      readonly dims: readonly number[],
    ) {}
  }
  const ort = { Tensor } as unknown as Runtime;
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  const inputs = [{ name: 'x', type: 'float32', dims: [2, 2], data }] as const;

  it('hands out one feed after another, as views of the set', () => {
    for (const [index, expected] of [
      [0, [0, 1, 2, 3]],
      [2, [8, 9, 10, 11]],
    ] as const) {
      const x = feedTensors(ort, inputs, index)['x'] as unknown as Tensor;
      expect([...x.data]).toEqual(expected);
      expect([x.type, x.dims]).toEqual(['float32', [2, 2]]);
      expect(x.data.buffer).toBe(data.buffer);
    }
  });
});

it('an inference is over when every output has arrived', async () => {
  const arrived: string[] = [];
  const pending = (name: string) => ({ getData: async () => void arrived.push(name) });
  const results = { a: pending('a'), b: pending('b') };
  const session = {
    outputNames: ['a', 'b'],
    inputMetadata: [],
    outputMetadata: ['a', 'b'].map((name) => ({ isTensor: true, name, type: 'int8', shape: [] })),
    run: async () => results,
  } as unknown as Session;
  expect(await infer(session, {})).toBe(results);
  expect(arrived).toEqual(['a', 'b']);
});

it('specsOf names what is no tensor', () => {
  const session = {
    inputMetadata: [{ isTensor: true, name: 'x', type: 'float32', shape: ['n', 3] }],
    outputMetadata: [{ isTensor: false, name: 'seq' }],
  } as unknown as Session;
  expect(specsOf(session)).toEqual({
    inputs: [{ name: 'x', type: 'float32', shape: ['n', 3] }],
    outputs: [{ name: 'seq', type: 'not a tensor', shape: [] }],
  });
});

describe('explain', () => {
  it.each([
    ['std::bad_alloc', 'OutOfMemoryError'],
    ['failed to allocate a buffer of size 4294967296', 'OutOfMemoryError'],
    ['WebAssembly.Memory(): Out of memory', 'OutOfMemoryError'],
    [
      'ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed.',
      'ModelUnreadableError',
    ],
    ['ModelProto does not have a graph.', 'ModelUnreadableError'],
  ])('takes "%s" for a %s and keeps it as the cause', (message, name) => {
    const error = new Error(message);
    expect(explain(error, 'x.onnx')).toMatchObject({ name, cause: error });
    expect(explain(error, 'x.onnx').message).toMatch(/^x\.onnx/);
  });

  it('strips the runtime’s codes and source lines from what it passes on', () => {
    const message =
      "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: /onnxruntime_src/onnxruntime/core/graph.cc:42 void Verify(const Node &) No opset import for domain 'x'";
    expect(explain(new Error(message), 'x.onnx').message).toBe(
      "x.onnx: the runtime said: No opset import for domain 'x'",
    );
  });
});
