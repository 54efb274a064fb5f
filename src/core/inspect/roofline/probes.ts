import {
  type GraphInit,
  integers,
  modelOf,
  type NodeInit,
  node,
  stored,
  type TensorInit,
  value,
} from '../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { modelParts } from '../../onnx/write.ts';
import type { FeedSet } from '../../tensors/tensors.ts';
import type { Bytes } from '../../units.ts';

export type ProbePrecision = 'fp32' | 'int8' | 'fp16';

/** A model made to keep one part of the device busy. */
export interface Probe {
  /** "fp32 matrix product 512 × 512 × 512, 4 times" */
  readonly title: string;
  /** Operations (two for a multiplication and its addition), or bytes, in one inference. */
  readonly work: number;
  /** The ONNX file in parts to be laid end to end; built when asked for. */
  readonly parts: () => Uint8Array[];
  /** One number, so that sending it costs nothing. */
  readonly feeds: FeedSet;
}

/**
 * A model that grows its one input number to a whole tensor, does the work on that, and hands out
 * one number of it. All of it depends on the input, so nothing can be computed in advance; what
 * goes in and comes out is too small to matter.
 */
function graphOf(
  elem: T,
  shape: readonly number[],
  work: readonly NodeInit[],
  constants: readonly TensorInit[],
): GraphInit {
  const ones = shape.map(() => 1);
  const zeros = shape.map(() => 0);
  const last = work.at(-1)?.output?.[0] ?? 'whole';
  return {
    name: 'probe',
    input: [value('x', elem, ...ones)],
    output: [value('y', elem, ...ones)],
    node: [
      node('Expand', ['x', 'shape'], ['whole']),
      ...work,
      node('Slice', [last, 'zeros', 'ones'], ['y']),
    ],
    initializer: [
      integers('shape', shape),
      integers('zeros', zeros),
      integers('ones', ones),
      ...constants,
    ],
  };
}

/** Signs that follow no pattern which could matter (Knuth's multiplicative hash). */
const isNegative = (i: number) => (Math.imul(i + 1, 2654435761) >>> 13) % 2 === 1;

/**
 * A matrix of ±2^-e with 4^e about its size: products of products neither vanish nor overflow,
 * and denormal numbers, which are slow, do not arise.
 */
function matrix(precision: ProbePrecision, size: number): ArrayBuffer {
  const length = size * size;
  const e = Math.round(Math.log2(size) / 2);
  switch (precision) {
    case 'fp32':
      return Float32Array.from({ length }, (_, i) => (isNegative(i) ? -1 : 1) * 2 ** -e).buffer;
    case 'fp16':
      return Uint16Array.from(
        { length },
        (_, i) => (Number(isNegative(i)) << 15) | ((15 - e) << 10),
      ).buffer;
    case 'int8':
      return Int8Array.from({ length }, (_, i) => (isNegative(i) ? -1 : 1) * (1 + (i % 127)))
        .buffer;
  }
}

const ELEMENTS = { fp32: T.FLOAT, fp16: T.FLOAT16, int8: T.UINT8 } as const;
const ONES = {
  fp32: { type: 'float32', data: Float32Array.of(1) },
  fp16: { type: 'float16', data: Uint16Array.of(0x3c00) },
  int8: { type: 'uint8', data: Uint8Array.of(200) },
} as const;

const feedsOf = (precision: ProbePrecision, rank: number): FeedSet => {
  const dims = new Array<number>(rank).fill(1);
  return { count: 1, inputs: [{ name: 'x', dims, ...ONES[precision] }] };
};

/** Scales and zero points of QLinearMatMul: uint8 about 128, its products scaled back to that. */
function quantization(size: number): TensorInit[] {
  const scalar = (name: string, scale: number) =>
    stored(name, T.FLOAT, [], Float32Array.of(scale).buffer);
  return [
    scalar('a_scale', 1),
    scalar('b_scale', 1),
    // Of `size` products with signs, 73 times 73 large on average.
    scalar('y_scale', 73 * Math.sqrt(size)),
    stored('a_zero', T.UINT8, [], Uint8Array.of(128).buffer),
    stored('b_zero', T.INT8, [], new ArrayBuffer(1)),
  ];
}

/**
 * Multiplies a matrix by a constant one again and again. int8 is what static int8 models run on
 * WASM: QLinearMatMul of uint8 activations and int8 weights, whose kernel QLinearConv and QGemm
 * share.
 * @param size of all three sides
 * @param times products in a row
 */
export function productProbe(precision: ProbePrecision, size: number, times: number): Probe {
  const step = (i: number): NodeInit => {
    const from = i === 0 ? 'whole' : `p${i - 1}`;
    if (precision !== 'int8') return node('MatMul', [from, 'b'], [`p${i}`]);
    const a = [from, 'a_scale', 'a_zero'];
    return node('QLinearMatMul', [...a, 'b', 'b_scale', 'b_zero', 'y_scale', 'a_zero'], [`p${i}`]);
  };
  const elem = precision === 'int8' ? T.INT8 : ELEMENTS[precision];
  return {
    title: `${precision} matrix product ${size} × ${size} × ${size}, ${times} times`,
    work: 2 * size ** 3 * times,
    parts: () => {
      const steps = Array.from({ length: times }, (_, i) => step(i));
      const b = stored('b', elem, [size, size], matrix(precision, size));
      const constants = precision === 'int8' ? [b, ...quantization(size)] : [b];
      return modelParts(modelOf(graphOf(ELEMENTS[precision], [size, size], steps, constants)));
    },
    feeds: feedsOf(precision, 2),
  };
}

/**
 * Changes all numbers of a float32 tensor again and again, in place.
 * @param bytes of the tensor; to measure memory and not caches, more than the last of them holds
 * @param times passes, each reading and writing all of it; before them it is written once
 */
export function memoryProbe(bytes: Bytes, times: number): Probe {
  // The pass after Expand may get fresh memory, which is several times slower. Seen in profiles on
  // WASM: for Add in every run, for Neg in some.
  const step = (i: number) =>
    i === 0 ? node('Neg', ['whole'], ['p0']) : node('Add', [`p${i - 1}`, 'x'], [`p${i}`]);
  return {
    title: `${bytes / 1e6} MB tensor, read and written ${times} times`,
    work: bytes + 2 * bytes * times,
    parts: () => {
      const steps = Array.from({ length: times }, (_, i) => step(i));
      return modelParts(modelOf(graphOf(T.FLOAT, [bytes / 4], steps, [])));
    },
    feeds: feedsOf('fp32', 1),
  };
}
