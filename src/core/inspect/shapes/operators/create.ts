import type { ElementCode } from '../../../onnx/elements.ts';
import { isFloat } from '../../../onnx/elements.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, ceilDivide, floorDivide, isKnown, mayBeAny, mul, product, sub } from '../dims.ts';
import { storedType } from '../stored.ts';
import { MAX_ITEMS, tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { lengthOf, shapeText, unknownDims } from './axes.ts';

function constantType(node: NodeView): ValueType | null {
  const value = node.tensor('value');
  if (value) return storedType(value);
  const sparse = node.attribute('sparse_value')?.sparseTensor;
  if (sparse)
    return sparse.values ? tensorType(sparse.values.dataType, sparse.dims.map(Number)) : null;
  const int = node.int('value_int', null);
  if (int !== null) return tensorType(T.INT64, [], [int]);
  const ints = node.ints('value_ints');
  if (ints) return tensorType(T.INT64, [ints.length], ints);
  if (node.attribute('value_float')) return tensorType(T.FLOAT, [], [node.float('value_float', 0)]);
  const floats = node.floats('value_floats');
  if (floats) return tensorType(T.FLOAT, [floats.length], [...floats]);
  if (node.attribute('value_string')) return tensorType(T.STRING, []);
  const strings = node.attribute('value_strings')?.strings;
  return strings ? tensorType(T.STRING, [strings.length]) : null;
}

/** A shape from an input's content; of unknown sizes where only its length is known. */
function asked(node: NodeView, index: number): readonly Dim[] | null {
  const dims = node.items(index)?.map((item) => (mayBeAny(item) ? node.fresh() : item));
  if (dims?.some((dim) => typeof dim === 'number' && dim < 0)) {
    throw new Contradiction(`A tensor cannot be of shape ${shapeText(dims)}.`);
  }
  return dims ?? unknownDims(node, lengthOf(node, index));
}

const constantOfShape: ShapeRule = (node) => {
  const shape = asked(node, 0);
  const value = node.tensor('value');
  const { elem, items = [] } = value ? storedType(value) : tensorType(T.FLOAT, [1], [0]);
  const count = shape && product(shape);
  const [fill] = items;
  const known = typeof count === 'number' && count <= MAX_ITEMS && fill !== undefined;
  return [tensorType(elem, shape, known ? Array.from({ length: count }, () => fill) : null)];
};

/** max(ceil((limit - start) / delta), 0), as ONNX defines it; a symbolic one is taken to be no less. */
function rangeLength(start: Dim, limit: Dim, delta: Dim, elem: ElementCode): Dim | null {
  if (isKnown([start, limit, delta])) {
    const [from, to, step] = [start, limit, delta] as number[] as [number, number, number];
    const length = Math.max(Math.ceil((to - from) / step), 0);
    return Number.isFinite(length) ? length : null;
  }
  if (isFloat(elem) || typeof delta !== 'number' || delta === 0) return null;
  const length = delta > 0 ? sub(limit, start) : sub(start, limit);
  return mayBeAny(length) ? null : ceilDivide(length, Math.abs(delta));
}

const range: ShapeRule = (node) => {
  const elem = node.elem(0) ?? node.elem(1) ?? node.elem(2);
  if (elem === null) return [null];
  const [start, limit, delta] = [0, 1, 2].map((index) => node.items(index)?.[0]);
  if (start === undefined || limit === undefined || delta === undefined) {
    return [tensorType(elem, [node.fresh()])];
  }
  const length = rangeLength(start, limit, delta, elem);
  const small = typeof length === 'number' && length <= MAX_ITEMS && !isFloat(elem);
  const items = small ? Array.from({ length }, (_, i) => add(start, mul(delta, i))) : null;
  return [tensorType(elem, [length ?? node.fresh()], items)];
};

/** The `dtype` attribute's type, else the input's. */
const typed = (node: NodeView, shape: readonly Dim[] | null) => {
  const elem = node.int('dtype', null) ?? node.elem(0);
  return elem === null ? null : tensorType(elem, shape);
};

const eyeLike: ShapeRule = (node) => {
  const shape = node.shape(0);
  if (shape && shape.length !== 2) {
    throw new Contradiction(`EyeLike needs a matrix, not ${shapeText(shape)}.`);
  }
  return [typed(node, shape ?? unknownDims(node, 2))];
};

const random: ShapeRule = (node) => [tensorType(node.int('dtype', T.FLOAT), node.ints('shape'))];

const likeInput: ShapeRule = (node) => [typed(node, node.shape(0))];

const multinomial: ShapeRule = (node) => {
  const batch = node.shape(0)?.[0] ?? node.fresh();
  return [tensorType(node.int('dtype', T.INT32), [batch, node.int('sample_size', 1)])];
};

const size = (node: NodeView, index: number): Dim => {
  const [item] = node.items(index) ?? [];
  return item === undefined || mayBeAny(item) ? node.fresh() : item;
};

const window: ShapeRule = (node) => [
  tensorType(node.int('output_datatype', T.FLOAT), [size(node, 0)]),
];

/** One row for each bin of a one-sided DFT: floor(dft_length / 2) + 1. */
const melWeightMatrix: ShapeRule = (node) => {
  const rows = add(floorDivide(size(node, 1), 2), 1);
  return [tensorType(node.int('output_datatype', T.FLOAT), [rows, size(node, 0)])];
};

/** Operators that make tensors from attributes and sizes. */
export const CREATE: Rules = {
  Constant: (node) => [constantType(node)],
  ConstantOfShape: constantOfShape,
  Range: range,
  EyeLike: eyeLike,
  RandomNormal: random,
  RandomUniform: random,
  RandomNormalLike: likeInput,
  RandomUniformLike: likeInput,
  Bernoulli: likeInput,
  Multinomial: multinomial,
  HannWindow: window,
  HammingWindow: window,
  BlackmanWindow: window,
  MelWeightMatrix: melWeightMatrix,
};
