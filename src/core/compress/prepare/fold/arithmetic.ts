import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { elementCount, type TensorArray } from '../../../tensors/tensors.ts';
import { broadcast, broadcastStrides, type Constant, places, zeros } from './constant.ts';
import type { Operation } from './operation.ts';

/** Until then broadcasting was told by attributes. */
const BROADCASTS_SINCE = 7;

const FLOATS: ReadonlySet<T> = new Set([T.FLOAT, T.DOUBLE]);

type Reals = (a: number, b: number) => number;
type Wholes = (a: bigint, b: bigint) => bigint;

/**
 * One float32 operation in float64, rounded once as the array stores it, is the float32 operation:
 * for +, -, *, / and the square root float64 has digits enough (Figueroa 1995). Whole numbers wrap.
 */
function elementwise(reals: Reals | null, wholes: Wholes | null, type?: T): Operation {
  return ({ inputs, opset }) => {
    const [a, b] = inputs;
    if (!a || !b || inputs.length !== 2 || a.type !== b.type) return null;
    if (opset < BROADCASTS_SINCE) return null;
    const dims = broadcast(a.dims, b.dims);
    const data = dims && zeros(type ?? a.type, elementCount(dims));
    if (!data) return null;
    const left = places(dims, broadcastStrides(a.dims, dims), 0);
    const right = places(dims, broadcastStrides(b.dims, dims), 0);
    const compute = applier(a, b, data, reals, wholes);
    if (!compute) return null;
    for (let i = 0; i < data.length; i++) {
      if (!compute(i, left.next().value as number, right.next().value as number)) return null;
    }
    return { type: type ?? a.type, dims, data };
  };
}

/** Writes element `i` of the output from elements `l` and `r`; false where there is no answer. */
function applier(
  a: Constant,
  b: Constant,
  data: TensorArray,
  reals: Reals | null,
  wholes: Wholes | null,
): ((i: number, l: number, r: number) => boolean) | null {
  if (FLOATS.has(a.type) && reals) {
    return (i, l, r) => {
      data[i] = reals(a.data[l] as number, b.data[r] as number);
      return true;
    };
  }
  const wide = a.type === T.INT64;
  if (!wholes || (!wide && a.type !== T.INT32 && a.type !== T.BOOL)) return null;
  const holdsWide = data instanceof BigInt64Array;
  return (i, l, r) => {
    const [x, y] = [BigInt(a.data[l] as number | bigint), BigInt(b.data[r] as number | bigint)];
    try {
      const result = wholes(x, y);
      data[i] = holdsWide ? result : Number(BigInt.asIntN(32, result));
      return true;
    } catch {
      // A division by zero.
      return false;
    }
  };
}

const bool = (test: (a: number | bigint, b: number | bigint) => boolean): [Reals, Wholes] => [
  (a, b) => Number(test(a, b)),
  (a, b) => BigInt(test(a, b)),
];

/** Of a float32 or float64; whole numbers where `wholes` is given. */
function unary(reals: (x: number) => number, wholes: ((x: bigint) => bigint) | null): Operation {
  return ({ inputs }) => {
    const [x] = inputs;
    if (!x) return null;
    const data = zeros(x.type, x.data.length);
    if (!data) return null;
    if (FLOATS.has(x.type)) {
      for (let i = 0; i < data.length; i++) data[i] = reals(x.data[i] as number);
    } else if (wholes && data instanceof BigInt64Array) {
      for (let i = 0; i < data.length; i++) data[i] = wholes(x.data[i] as bigint);
    } else return null;
    return { ...x, data };
  };
}

/** Between types whose numbers both JavaScript and ONNX have; out of range it is up to the runtime. */
const cast: Operation = ({ inputs, int }) => {
  const [x] = inputs;
  const to = int('to', T.UNDEFINED) as T;
  const data = x && zeros(to, x.data.length);
  if (!data) return null;
  if (!RANGES.has(x.type) || !RANGES.has(to)) return null;
  const [low, high] = RANGES.get(to) as readonly [number, number];
  for (let i = 0; i < data.length; i++) {
    const from = x.data[i] as number | bigint;
    if (to === T.BOOL) data[i] = Number(from) === 0 ? 0 : 1;
    else if (FLOATS.has(to)) data[i] = Number(from);
    else {
      const whole = Math.trunc(Number(from));
      if (!(whole >= low && whole <= high)) return null;
      data[i] = to === T.INT64 ? (typeof from === 'bigint' ? from : BigInt(whole)) : whole;
    }
  }
  return { type: to, dims: x.dims, data };
};

const RANGES: ReadonlyMap<T, readonly [number, number]> = new Map([
  [T.FLOAT, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  [T.DOUBLE, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  [T.INT64, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
  [T.INT32, [-(2 ** 31), 2 ** 31 - 1]],
  [T.BOOL, [0, 1]],
]);

const where: Operation = ({ inputs }) => {
  const [condition, a, b] = inputs;
  if (!condition || !a || !b || a.type !== b.type) return null;
  const both = broadcast(a.dims, b.dims);
  const dims = both && broadcast(condition.dims, both);
  const data = dims && zeros(a.type, elementCount(dims));
  if (!data) return null;
  const walks = [condition, a, b].map((each) => places(dims, broadcastStrides(each.dims, dims), 0));
  for (let i = 0; i < data.length; i++) {
    const [c = 0, l = 0, r = 0] = walks.map((walk) => walk.next().value as number);
    // All of one type, which the compiler cannot see.
    (data as number[] & TensorArray)[i] = (condition.data[c] ? a.data[l] : b.data[r]) as number;
  }
  return { type: a.type, dims, data };
};

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);

/** Operators that compute, of float32, float64 and whole numbers. */
export const ARITHMETIC: Readonly<Record<string, Operation>> = {
  Add: elementwise(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  Sub: elementwise(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  Mul: elementwise(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  Div: elementwise(
    (a, b) => a / b,
    (a, b) => a / b,
  ),
  Pow: elementwise((a, b) => a ** b, null),
  Min: elementwise(Math.min, null),
  Max: elementwise(Math.max, null),
  Equal: elementwise(...bool((a, b) => a === b), T.BOOL),
  Less: elementwise(...bool((a, b) => a < b), T.BOOL),
  Greater: elementwise(...bool((a, b) => a > b), T.BOOL),
  Neg: unary(
    (x) => -x,
    (x) => -x,
  ),
  Abs: unary(Math.abs, magnitude),
  Sqrt: unary(Math.sqrt, null),
  Reciprocal: unary((x) => 1 / x, null),
  Floor: unary(Math.floor, null),
  Ceil: unary(Math.ceil, null),
  Cast: cast,
  Where: where,
};
