import type { ElementCode } from '../../../onnx/elements.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { ceil, floor, lowerBound, mul, sub } from '../dims.ts';
import { tensorType } from '../types.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { cast, greatest, held, settled, smallest } from './contents.ts';

/** Type and shape of the first input; the content is lost. */
const same: ShapeRule = (node) => [node.like(0, node.shape(0))];

const names = (operators: string, rule: ShapeRule): Rules =>
  Object.fromEntries(operators.split(' ').map((name) => [name, rule]));

const mapped = (node: NodeView, compute: (item: Dim, elem: ElementCode) => Dim | null) => {
  const [elem, items] = [node.elem(0), node.items(0)];
  if (elem === null || !items) return null;
  return settled(
    items.map((item) => held(elem, compute(item, elem))),
    node.fresh,
  );
};

/** The first input's type and shape, with each item computed where it is known. */
const unary =
  (compute: (item: Dim, elem: ElementCode) => Dim | null): ShapeRule =>
  (node) => [node.like(0, node.shape(0), mapped(node, compute))];

const onNumber = (compute: (item: number) => number) =>
  unary((item) => (typeof item === 'number' ? compute(item) : null));

const negative = (item: Dim) => mul(item, -1);

/** Halfway cases go to the even neighbour, as ONNX has it. */
function round(item: number): number {
  const below = Math.floor(item);
  if (item - below !== 0.5) return Math.round(item);
  return below % 2 === 0 ? below : below + 1;
}

function sign(item: Dim): Dim | null {
  if (typeof item === 'number') return Math.sign(item);
  return lowerBound(item) > 0 ? 1 : null;
}

/** Relu and Abs leave sizes as they are. */
const unlessNegative = (compute: (item: number) => number) => (item: Dim) => {
  if (typeof item === 'number') return compute(item);
  return lowerBound(item) >= 0 ? item : null;
};

const predicate: ShapeRule = (node) => [tensorType(T.BOOL, node.shape(0))];

const not: ShapeRule = (node) => {
  const items = node.items(0);
  const opposite = items?.map((item) => (typeof item === 'number' ? 1 - item : sub(1, item)));
  return [tensorType(T.BOOL, node.shape(0), opposite)];
};

/** Bounds are attributes up to opset 6, inputs since 11. */
const clip: ShapeRule = (node) => {
  const bound = (index: number, name: string) => {
    if (node.opset < 11) return node.attribute(name) ? node.float(name, 0) : undefined;
    return node.has(index) ? (node.items(index)?.[0] ?? null) : undefined;
  };
  const [least, most] = [bound(1, 'min'), bound(2, 'max')];
  const clipped = mapped(node, (item) => {
    if (least === null || most === null) return null;
    const raised = least === undefined ? item : greatest(item, least);
    return raised === null || most === undefined ? raised : smallest(raised, most);
  });
  return [node.like(0, node.shape(0), clipped)];
};

const dropout: ShapeRule = (node) => {
  const shape = node.shape(0);
  // Until opset 10 the mask was of the data's own type.
  const mask = node.opset < 10 ? node.like(0, shape) : tensorType(T.BOOL, shape);
  return [node.like(0, shape), mask];
};

function castTo(node: NodeView, to: ElementCode | null) {
  if (to === null) return [null];
  const [from, items] = [node.elem(0), node.items(0)];
  const known =
    from !== null && to !== T.STRING && items ? items.map((item) => cast(from, to, item)) : null;
  return [tensorType(to, node.shape(0), known && settled(known, node.fresh))];
}

/** Until opset 6 the type was given by its name in TensorProto.DataType. */
function namedType(name: string): ElementCode | null {
  return Object.hasOwn(T, name) ? T[name as keyof typeof T] : null;
}

/** Operators of one operand, item by item or along an axis without changing the shape. */
export const UNARY: Rules = {
  ...names('Acos Acosh Asin Asinh Atan Atanh Cos Cosh Sin Sinh Tan Tanh', same),
  ...names('Sigmoid Softplus Softsign Elu Selu Celu LeakyRelu ThresholdedRelu Shrink', same),
  ...names('HardSigmoid HardSwish Mish Gelu Swish Erf BitwiseNot Trilu', same),
  ...names('Softmax LogSoftmax Hardmax CumSum CumProd', same),
  ...names('IsNaN IsInf RegexFullMatch', predicate),
  Relu: unary(unlessNegative((item) => Math.max(item, 0))),
  Abs: unary(unlessNegative(Math.abs)),
  Neg: unary(negative),
  Floor: unary(floor),
  Ceil: unary(ceil),
  Round: onNumber(round),
  Sqrt: onNumber(Math.sqrt),
  Exp: onNumber(Math.exp),
  Log: onNumber(Math.log),
  Reciprocal: onNumber((item) => 1 / item),
  Sign: unary(sign),
  Not: not,
  Clip: clip,
  Identity: (node) => [node.input(0)],
  Dropout: dropout,
  Cast: (node) =>
    castTo(node, node.opset < 6 ? namedType(node.text('to', '')) : node.int('to', null)),
  CastLike: (node) => castTo(node, node.elem(1)),
  BitCast: (node) => {
    const to = node.int('to', null);
    return [to === null ? null : tensorType(to, node.shape(0))];
  },
};
