import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import {
  type CodeRange,
  INT8,
  INT16,
  SYMMETRIC_INT8,
  SYMMETRIC_INT16,
  UINT8,
  UINT16,
} from '../formulas.ts';

/** An integer type that activations can have. */
export interface CodeType {
  readonly element: T;
  readonly bits: 8 | 16;
  readonly codes: CodeRange;
  /** Codes that a symmetric range is spread over. */
  readonly symmetric: CodeRange;
  readonly array: (elements: number) => Int8Array | Uint8Array | Int16Array | Uint16Array;
}

export const CODE_TYPES = {
  uint8: {
    element: T.UINT8,
    bits: 8,
    codes: UINT8,
    symmetric: UINT8,
    array: (elements) => new Uint8Array(elements),
  },
  int8: {
    element: T.INT8,
    bits: 8,
    codes: INT8,
    symmetric: SYMMETRIC_INT8,
    array: (elements) => new Int8Array(elements),
  },
  uint16: {
    element: T.UINT16,
    bits: 16,
    codes: UINT16,
    symmetric: UINT16,
    array: (elements) => new Uint16Array(elements),
  },
  int16: {
    element: T.INT16,
    bits: 16,
    codes: INT16,
    symmetric: SYMMETRIC_INT16,
    array: (elements) => new Int16Array(elements),
  },
} as const satisfies Record<string, CodeType>;

export type ActivationType = keyof typeof CODE_TYPES;

/** Weights are always int8, symmetric. */
export const WEIGHT_TYPE: CodeType = CODE_TYPES.int8;
