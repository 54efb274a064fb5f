import { type ElementCode, elementName } from '../../onnx/elements.ts';
import { TensorProto_DataType, type TypeProto } from '../../onnx/onnx_pb.ts';
import { isNameless } from '../../tensors/tensors.ts';
import type { Dim } from './dim.ts';
import { dimText, symbol, UNKNOWN } from './dims.ts';

/** What is known of a value before anything runs. */
export interface ValueType {
  readonly elem: ElementCode;
  /** Null when not even the rank is known. */
  readonly shape: readonly Dim[] | null;
  /**
   * Its content in row-major order where it is known: shapes and indices are computed by nodes,
   * and shape inference has to compute them too. At most `MAX_ITEMS`; booleans as 0 and 1.
   */
  readonly items?: readonly Dim[];
  /** A sequence or an optional holds values of this element type and shape. */
  readonly container?: 'sequence' | 'optional' | 'optional sequence';
}

/** Longer contents are data, not shapes. */
export const MAX_ITEMS = 1024;

/** A tensor's type; contents longer than `MAX_ITEMS` are forgotten. */
export const tensorType = (
  elem: ElementCode,
  shape: readonly Dim[] | null,
  items?: readonly Dim[] | null,
): ValueType => (items && items.length <= MAX_ITEMS ? { elem, shape, items } : { elem, shape });

/** "float32[1,3,?]" */
export function typeText({ elem, shape, container }: ValueType): string {
  const tensor = `${elementName(elem)}${shape ? `[${shape.map(dimText).join(',')}]` : ''}`;
  return container ? `${container} of ${tensor}` : tensor;
}

/** Gives names to sizes of which nothing is known, each its own. */
export class Unknowns {
  private next = 1;
  readonly fresh = (): Dim => `${UNKNOWN}${this.next++}`;
}

/** Whether a size is unknown, or computed from one that is. */
export const isUnknown = (dim: Dim): boolean => typeof dim === 'string' && UNKNOWN_INSIDE.test(dim);
const UNKNOWN_INSIDE = new RegExp(`(^|[\\s*(-])[${UNKNOWN}]\\d`);

/** Longer texts are no help to anyone, and products of products would grow without end. */
const MAX_TEXT = 256;

/** A type whose sizes and contents are of bearable length; longer ones count as unknown. */
export function curbed(type: ValueType | null, fresh: () => Dim): ValueType | null {
  const tooLong = (dim: Dim) => typeof dim === 'string' && dim.length > MAX_TEXT;
  if (!type) return null;
  const { items, ...rest } = type;
  if (rest.shape?.some(tooLong)) {
    return { ...rest, shape: rest.shape.map((dim) => (tooLong(dim) ? fresh() : dim)) };
  }
  return items?.some(tooLong) ? rest : type;
}

/** A sequence or an optional of values of a type; null for a nesting that is not told apart. */
export function contained(outer: 'sequence' | 'optional', inner: ValueType): ValueType | null {
  const { elem, shape, container } = inner;
  if (!container) return { elem, shape, container: outer };
  const optionalSequence = outer === 'optional' && container === 'sequence';
  return optionalSequence ? { elem, shape, container: 'optional sequence' } : null;
}

/** How a declared dimension is read: its size, or its name ('' where it has none) and place. */
export type DimReader = (dim: number | string, axis: number) => Dim;

/** A type as a file declares it; null when it declares none that this knows. */
export function declaredType(
  type: TypeProto | undefined,
  fresh: () => Dim,
  sizes: Readonly<Record<string, number>>,
  read: DimReader = (dim) => {
    if (typeof dim === 'number') return dim >= 0 ? dim : fresh();
    if (isNameless(dim)) return fresh();
    return Object.hasOwn(sizes, dim) ? (sizes[dim] as number) : symbol(dim);
  },
): ValueType | null {
  const value = type?.value;
  switch (value?.case) {
    case 'tensorType': {
      const { elemType, shape } = value.value;
      if (elemType === TensorProto_DataType.UNDEFINED) return null;
      const dims = shape?.dim.map(({ value: dim }, axis) =>
        read(dim.case === 'dimValue' ? Number(dim.value) : (dim.value ?? ''), axis),
      );
      return { elem: elemType, shape: dims ?? null };
    }
    case 'sequenceType':
    case 'optionalType': {
      const inner = declaredType(value.value.elemType, fresh, sizes);
      return inner && contained(value.case === 'sequenceType' ? 'sequence' : 'optional', inner);
    }
    default:
      return null;
  }
}

/** What both of two types say, as for the branches of If; `fresh` names sizes that differ. */
export function common(
  a: ValueType | null,
  b: ValueType | null,
  fresh: () => Dim,
): ValueType | null {
  if (!a || !b || a.elem !== b.elem || a.container !== b.container) return null;
  const shape =
    a.shape && b.shape && a.shape.length === b.shape.length
      ? a.shape.map((dim, i) => (dim === b.shape?.[i] ? dim : fresh()))
      : null;
  return a.container ? { elem: a.elem, shape, container: a.container } : { elem: a.elem, shape };
}

/** `inferred`, with what it leaves open filled in from a second source. */
export function filled(inferred: ValueType | null, second: ValueType | null): ValueType | null {
  if (!inferred || !second) return inferred ?? second;
  if (!second.shape || inferred.shape?.length === 0) return inferred;
  if (!inferred.shape) return { ...inferred, shape: second.shape };
  if (inferred.shape.length !== second.shape.length) return inferred;
  const shape = inferred.shape.map((dim, i) => {
    const other = second.shape?.[i] ?? dim;
    return isUnknown(dim) && !isUnknown(other) ? other : dim;
  });
  return { ...inferred, shape };
}
