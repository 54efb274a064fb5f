import { TensorProto_DataType as T } from './onnx_pb.ts';

/** ONNX element types (`TensorProto.DataType`). */
export type ElementCode = T;

/** Name as onnxruntime spells it, and the bits one element takes in raw data (0: no fixed width). */
const ELEMENTS: Readonly<Record<T, readonly [name: string, bits: number]>> = {
  [T.UNDEFINED]: ['undefined', 0],
  [T.FLOAT]: ['float32', 32],
  [T.UINT8]: ['uint8', 8],
  [T.INT8]: ['int8', 8],
  [T.UINT16]: ['uint16', 16],
  [T.INT16]: ['int16', 16],
  [T.INT32]: ['int32', 32],
  [T.INT64]: ['int64', 64],
  [T.STRING]: ['string', 0],
  [T.BOOL]: ['bool', 8],
  [T.FLOAT16]: ['float16', 16],
  [T.DOUBLE]: ['float64', 64],
  [T.UINT32]: ['uint32', 32],
  [T.UINT64]: ['uint64', 64],
  [T.COMPLEX64]: ['complex64', 64],
  [T.COMPLEX128]: ['complex128', 128],
  [T.BFLOAT16]: ['bfloat16', 16],
  [T.FLOAT8E4M3FN]: ['float8e4m3fn', 8],
  [T.FLOAT8E4M3FNUZ]: ['float8e4m3fnuz', 8],
  [T.FLOAT8E5M2]: ['float8e5m2', 8],
  [T.FLOAT8E5M2FNUZ]: ['float8e5m2fnuz', 8],
  [T.UINT4]: ['uint4', 4],
  [T.INT4]: ['int4', 4],
  [T.FLOAT4E2M1]: ['float4e2m1', 4],
  [T.FLOAT8E8M0]: ['float8e8m0', 8],
  [T.UINT2]: ['uint2', 2],
  [T.INT2]: ['int2', 2],
  [T.FLOAT6E2M3]: ['float6e2m3', 6],
  [T.FLOAT6E3M2]: ['float6e3m2', 6],
};

const known = (code: number) => ELEMENTS[code as T] as (typeof ELEMENTS)[T] | undefined;

/** "float32", or "type 99" for a code that ONNX 1.23 does not define. */
export const elementName = (code: number): string => known(code)?.[0] ?? `type ${code}`;

const CODES = new Map(Object.entries(ELEMENTS).map(([code, [name]]) => [name, Number(code) as T]));

/** The code of a type that `elementName` names; null for any other text. */
export const elementCode = (name: string): ElementCode | null => CODES.get(name) ?? null;

/** Bits of one element; 0 for strings and unknown types. */
export const elementBits = (code: number): number => known(code)?.[1] ?? 0;

/** Bytes that so many elements take when packed; types narrower than a byte share bytes. */
export const packedBytes = (code: number, elements: number): number =>
  Math.ceil((elementBits(code) * elements) / 8);

const FLOATS = new Set<number>([
  T.FLOAT,
  T.DOUBLE,
  T.FLOAT16,
  T.BFLOAT16,
  T.FLOAT8E4M3FN,
  T.FLOAT8E4M3FNUZ,
  T.FLOAT8E5M2,
  T.FLOAT8E5M2FNUZ,
  T.FLOAT4E2M1,
  T.FLOAT8E8M0,
  T.FLOAT6E2M3,
  T.FLOAT6E3M2,
]);
export const isFloat = (code: number): boolean => FLOATS.has(code);
