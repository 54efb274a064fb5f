import { type ElementCode, elementBits, isFloat } from '../../../onnx/elements.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import {
  add,
  anyItem,
  divideExactly,
  floor,
  floorDivide,
  lowerBound,
  mul,
  product,
  sub,
} from '../dims.ts';
import type { NodeView } from '../view.ts';

/** An item computed from others; null where that cannot be done without a run. */
export type Compute = (a: Dim, b: Dim, elem: ElementCode) => Dim | null;

/** Computed items, unknown ones with names of their own; null when none is known. */
export function settled(items: readonly (Dim | null)[], fresh: () => Dim): readonly Dim[] | null {
  if (items.length > 0 && items.every((item) => item === null)) return null;
  return items.map((item) => item ?? anyItem(fresh));
}

/**
 * Item-wise computation on the contents of some inputs, where all are of the result's shape or a
 * single item; null for other broadcasting, and where a content is not known.
 * @param shape of the result
 */
export function zipped(
  node: NodeView,
  inputs: readonly number[],
  shape: readonly Dim[] | null,
  compute: (items: readonly Dim[]) => Dim | null,
): readonly Dim[] | null {
  const contents = inputs.map((index) => node.items(index));
  if (!shape || !contents.every((items) => items !== null)) return null;
  const length = Math.max(...contents.map((items) => items.length));
  const size = contents.some((items) => items.length === 0) ? 0 : length;
  if (product(shape) !== size) return null;
  if (!contents.every((items) => items.length === size || items.length === 1)) return null;
  const items = Array.from({ length: size }, (_, i) => {
    const operands = contents.map((each) => each[each.length === 1 ? 0 : i] as Dim);
    return isMixed(operands) ? null : compute(operands);
  });
  return settled(items, node.fresh);
}

/** Expressions have no infinity and no NaN for a coefficient. */
const isMixed = (operands: readonly Dim[]) =>
  operands.some((item) => typeof item === 'string') &&
  operands.some((item) => typeof item === 'number' && !Number.isFinite(item));

const UNSIGNED = new Set<number>([T.UINT8, T.UINT16, T.UINT32, T.UINT64, T.UINT4, T.UINT2, T.BOOL]);

/** Largest size up to which a float type of 16 bits holds all whole numbers. */
const EXACT: Readonly<Partial<Record<ElementCode, number>>> = {
  [T.FLOAT16]: 2 ** 11,
  [T.BFLOAT16]: 2 ** 8,
};

/** A computed item as the element type holds it; null where it would wrap or round unforeseeably. */
export function held(elem: ElementCode, item: Dim | null): Dim | null {
  if (typeof item !== 'number') return item;
  if (elem === T.BOOL) return Number(item !== 0);
  if (elem === T.FLOAT) return Math.fround(item);
  if (elem === T.DOUBLE) return item;
  if (isFloat(elem)) {
    return Number.isInteger(item) && Math.abs(item) <= (EXACT[elem] ?? 0) ? item : null;
  }
  // INT64_MAX reads as 2^63; it is kept, being ONNX's word for "to the end".
  if (!Number.isSafeInteger(item) && Math.abs(item) !== 2 ** 63) return null;
  const bits = elementBits(elem);
  const unsigned = UNSIGNED.has(elem);
  const most = 2 ** (unsigned ? bits : bits - 1);
  const inside = item >= (unsigned ? 0 : -most) && (item < most || bits === 64);
  return inside ? item : null;
}

/** Cast: to whole numbers by cutting off the fraction, to booleans by being other than 0. */
export function cast(from: ElementCode, to: ElementCode, item: Dim): Dim | null {
  if (to === T.BOOL) {
    if (typeof item === 'number') return Number(item !== 0);
    return lowerBound(item) > 0 ? 1 : null;
  }
  if (isFloat(to)) return held(to, item);
  if (typeof item === 'number') return held(to, Math.trunc(item));
  return isFloat(from) ? floor(item) : item;
}

/**
 * Division: for whole numbers without the fraction. What is symbolic is a size on its way to
 * another, so that cutting off and rounding down are the same.
 */
export const divide: Compute = (a, b, elem) => {
  if (b === 0) return isFloat(elem) && typeof a === 'number' ? a / b : null;
  if (typeof a === 'number' && typeof b === 'number') {
    return isFloat(elem) ? a / b : Math.trunc(a / b);
  }
  const exact = divideExactly(a, b);
  if (exact !== null || typeof b !== 'number') return exact;
  if (isFloat(elem)) return mul(a, 1 / b);
  return b > 0 && Number.isInteger(b) ? floorDivide(a, b) : null;
};

/** Mod: the remainder has the divisor's sign, or with `fmod` the dividend's. */
export const modulo =
  (fmod: boolean): Compute =>
  (a, b, elem) => {
    if (typeof b !== 'number' || b === 0) return null;
    if (typeof a === 'number') return fmod ? a % b : a - b * Math.floor(a / b);
    if (b < 0 || !Number.isInteger(b) || isFloat(elem)) return null;
    return sub(a, mul(b, floorDivide(a, b)));
  };

/** Powers of names are products up to here. */
const MAX_FACTORS = 4;

export const power: Compute = (a, b, elem) => {
  if (typeof b !== 'number') return null;
  if (typeof a === 'number') return isFloat(elem) ? a ** b : Math.trunc(a ** b);
  if (!Number.isInteger(b) || b < 0 || b > MAX_FACTORS) return null;
  return product(Array.from({ length: b }, () => a));
};

/** The greater one, where that can be told; names are sizes, at least 0. */
export function greatest(a: Dim, b: Dim): Dim | null {
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  if (lowerBound(sub(a, b)) >= 0) return a;
  return lowerBound(sub(b, a)) >= 0 ? b : null;
}

/** The smaller one, where that can be told. */
export function smallest(a: Dim, b: Dim): Dim | null {
  if (typeof a === 'number' && typeof b === 'number') return Math.min(a, b);
  const greater = greatest(a, b);
  if (greater === null) return null;
  return greater === a ? b : a;
}

const truth = (told: boolean | null) => (told === null ? null : Number(told));

export const equals = (a: Dim, b: Dim): Dim | null => {
  if (typeof a === 'number' && typeof b === 'number') return Number(a === b);
  if (a === b) return 1;
  const differ = lowerBound(sub(a, b)) > 0 || lowerBound(sub(b, a)) > 0;
  return truth(differ ? false : null);
};

export const isLess = (a: Dim, b: Dim): Dim | null => {
  if (typeof a === 'number' && typeof b === 'number') return Number(a < b);
  if (lowerBound(sub(b, a)) > 0) return 1;
  return truth(lowerBound(sub(a, b)) >= 0 ? false : null);
};

const negated = (item: Dim | null) => (item === null ? null : add(1, mul(item, -1)));

/** a <= b, which is not b < a; but with NaN both are false. */
export const isLessOrEqual = (a: Dim, b: Dim): Dim | null =>
  typeof a === 'number' && typeof b === 'number' ? Number(a <= b) : negated(isLess(b, a));
