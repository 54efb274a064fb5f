import type { Dim } from '../dim.ts';
import { add, divideExactly, mul } from '../dims.ts';
import { tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { shapeText } from './axes.ts';
import { agreed, ofRank } from './checks.ts';

/** Query, key or value by heads: from [B, heads, S, size], or [B, S, heads·size] and the heads. */
export interface Heads {
  readonly batch: Dim;
  readonly heads: Dim;
  readonly length: Dim;
  readonly size: Dim;
}

/**
 * @throws Contradiction for a hidden size that does not split into so many heads
 */
export function headsOf(node: NodeView, index: number, attribute: string): Heads | null {
  const shape = ofRank(node, index, 3, 4);
  if (!shape) return null;
  if (shape.length === 4) {
    const [batch, heads, length, size] = shape as [Dim, Dim, Dim, Dim];
    return { batch, heads, length, size };
  }
  const [batch, length, hidden] = shape as [Dim, Dim, Dim];
  const heads = node.int(attribute, 0);
  if (heads <= 0) throw new Contradiction(`${node.node.opType} of rank 3 needs ${attribute}.`);
  return { batch, heads, length, size: perHead(node, hidden, heads) };
}

export function perHead(node: NodeView, hidden: Dim, heads: number): Dim {
  const size = divideExactly(hidden, heads);
  if (size === null && typeof hidden === 'number') {
    throw new Contradiction(`A hidden size of ${hidden} does not split into ${heads} heads.`);
  }
  return size ?? node.fresh();
}

/**
 * ONNX, Attention-23: Y as the query, of the value's head size; keys and values with those of the
 * past before them; and the products of query and key.
 */
const attention: ShapeRule = (node): (ValueType | null)[] => {
  const query = headsOf(node, 0, 'q_num_heads');
  const key = headsOf(node, 1, 'kv_num_heads');
  const value = headsOf(node, 2, 'kv_num_heads');
  if (query && key) agreed('head sizes of query and key', query.size, key.size);
  const past = node.has(4) ? ofRank(node, 4, 4)?.[2] : 0;
  const length = agreed('lengths of key and value', key?.length, value?.length);
  const total = length !== null && past !== undefined ? add(length, past) : node.fresh();
  const present = (kept: Heads | null) => kept && [kept.batch, kept.heads, total, kept.size];
  const elem = (past: number, own: number) => (node.has(past) ? past : own);
  return [
    node.like(0, query && output(node, query, value?.size ?? node.fresh())),
    node.like(elem(4, 1), present(key)),
    node.like(elem(5, 2), present(value)),
    node.like(0, query && [query.batch, query.heads, query.length, total]),
  ];
};

const output = (node: NodeView, { batch, heads, length }: Heads, size: Dim): readonly Dim[] =>
  node.shape(0)?.length === 4 ? [batch, heads, length, size] : [batch, length, mul(heads, size)];

/** ONNX, LinearAttention-27: [B, T, q heads · v size], and a state of [B, kv heads, k size, v size]. */
const linearAttention: ShapeRule = (node) => {
  const [queries, keys] = [node.int('q_num_heads', 0), node.int('kv_num_heads', 0)];
  const query = headsOf(node, 0, 'q_num_heads');
  const key = headsOf(node, 1, 'kv_num_heads');
  const value = headsOf(node, 2, 'kv_num_heads');
  const past = ofRank(node, 3, 4);
  const keySize = agreed('head sizes of query and key', query?.size, key?.size, past?.[2]);
  const valueSize = agreed('head sizes of value and state', value?.size, past?.[3]);
  const first = query ?? key ?? value;
  if (!first) return [node.like(0, null), node.like(node.has(3) ? 3 : 0, null)];
  const size = valueSize ?? node.fresh();
  return [
    node.like(0, [first.batch, first.length, mul(queries, size)]),
    node.like(node.has(3) ? 3 : 0, [first.batch, keys, keySize ?? node.fresh(), size]),
  ];
};

const rotaryEmbedding: ShapeRule = (node) => {
  const shape = ofRank(node, 0, 3, 4);
  const heads = node.int('num_heads', 0);
  if (shape?.length === 3 && heads > 0) perHead(node, shape[2] as Dim, heads);
  return [node.like(0, shape)];
};

/** ONNX, SwiGLU-28 and the like: two operands of one shape. */
const gated: ShapeRule = (node) => {
  const [a, b] = [node.shape(0), node.shape(1)];
  if (a && b && a.length !== b.length) {
    throw new Contradiction(`${shapeText(a)} and ${shapeText(b)} must have the same shape.`);
  }
  const shape = (a ?? b)?.map((size, i) => agreed('sizes of both operands', size, b?.[i]) as Dim);
  const elem = node.elem(0) ?? node.elem(1);
  return [elem === null ? null : tensorType(elem, shape ?? null)];
};

/** Attention and what belongs to it. */
export const ATTENTION: Rules = {
  Attention: attention,
  LinearAttention: linearAttention,
  RotaryEmbedding: rotaryEmbedding,
  SwiGLU: gated,
};
