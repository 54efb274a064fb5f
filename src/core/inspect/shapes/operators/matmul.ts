import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { tensorType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { shapeText } from './axes.ts';
import { agreed, ofRank } from './checks.ts';
import { einsum } from './einsum.ts';
import { broadcast } from './elementwise.ts';

type Shape = readonly Dim[] | null;

/**
 * Shape of a product by numpy's rules for matmul: matrices in the last two axes, the others
 * broadcast; a vector is a row on the left and a column on the right, and leaves no axis.
 * @throws Contradiction for scalars and for inner sizes that differ
 */
export function multiplied(node: NodeView, a: Shape, b: Shape): Shape {
  for (const shape of [a, b]) {
    if (shape?.length === 0) throw new Contradiction('A scalar cannot be multiplied as a matrix.');
  }
  if (!a || !b) return null;
  const inner = b.length === 1 ? b[0] : b.at(-2);
  agreed(`inner sizes of ${shapeText(a)} and ${shapeText(b)}`, a.at(-1), inner);
  const batch = broadcast(node, [a.slice(0, -2), b.slice(0, -2)]) ?? [];
  return [...batch, ...a.slice(0, -1).slice(-1), ...b.slice(1).slice(-1)];
}

/** A matrix turned round in its last two axes. */
export const swapped = (shape: Shape): Shape =>
  shape && shape.length > 1
    ? [...shape.slice(0, -2), shape.at(-1) as Dim, shape.at(-2) as Dim]
    : shape;

/** [m, k] times [k, n], each turned round where transA and transB say so. */
export function gemm(node: NodeView, left: number, right: number): readonly Dim[] {
  const [a, b] = [ofRank(node, left, 2), ofRank(node, right, 2)];
  const [rows, inner] = (node.int('transA', 0) ? swapped(a) : a) ?? [];
  const [taken, columns] = (node.int('transB', 0) ? swapped(b) : b) ?? [];
  agreed(`inner sizes of ${shapeText(a ?? [])} and ${shapeText(b ?? [])}`, inner, taken);
  return [rows ?? node.fresh(), columns ?? node.fresh()];
}

const det: ShapeRule = (node) => {
  const shape = ofRank(node, 0, 2, Infinity);
  if (shape) agreed('two sizes of a square matrix', shape.at(-1), shape.at(-2));
  return [node.like(0, shape?.slice(0, -2) ?? null)];
};

/** Products of matrices. */
export const MATMUL: Rules = {
  MatMul: (node) => [node.like(0, multiplied(node, node.shape(0), node.shape(1)))],
  MatMulInteger: (node) => [tensorType(T.INT32, multiplied(node, node.shape(0), node.shape(1)))],
  QLinearMatMul: (node) => [node.like(7, multiplied(node, node.shape(0), node.shape(3)))],
  Gemm: (node) => [node.like(0, gemm(node, 0, 1))],
  Einsum: einsum,
  Det: det,
};
