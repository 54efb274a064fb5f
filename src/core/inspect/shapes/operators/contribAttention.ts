import type { Dim } from '../dim.ts';
import { add, divideExactly, mayBeAny, mul } from '../dims.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { perHead } from './attention.ts';
import { agreed, ofRank } from './checks.ts';
import { greatest } from './contents.ts';

/** Items of the past before the present ones; none where there is no past. */
function withPast(node: NodeView, past: number, axis: number, length: Dim): Dim {
  if (!node.has(past)) return length;
  const before = node.shape(past)?.[axis];
  if (before === undefined) return node.fresh();
  return node.int('past_present_share_buffer', 0) ? before : add(before, length);
}

/**
 * One matrix projects the input [B, S, in] to query, key and value side by side. Present:
 * [2, B, heads, past + S, size].
 */
const packedAttention =
  (past: number, elem: number): ShapeRule =>
  (node) => {
    const input = ofRank(node, 0, 3);
    const [batch, length] = [input?.[0] ?? node.fresh(), input?.[1] ?? node.fresh()];
    agreed('hidden sizes of input and weights', input?.[2], ofRank(node, 1, 2)?.[0]);
    const projected = node.shape(1)?.[1] ?? node.shape(2)?.[0];
    const [hidden, , valueHidden] = node.ints('qkv_hidden_sizes') ?? [];
    const third = projected === undefined ? null : divideExactly(projected, 3);
    const size = hidden ?? third;
    const heads = node.int('num_heads', 0);
    const each = heads > 0 && size !== null ? perHead(node, size, heads) : node.fresh();
    return [
      node.like(elem, [batch, length, valueHidden ?? third ?? node.fresh()]),
      node.like(elem, [2, batch, heads || node.fresh(), withPast(node, past, 3, length), each]),
    ];
  };

/**
 * Query [B, S, hidden] with key [B, L, hidden] and value, or [B, heads, L, size] each; or the query
 * holds all three as [B, S, heads, 3, size]; or the key both as [B, L, heads, 2, size].
 */
const multiHeadAttention: ShapeRule = (node) => {
  const query = ofRank(node, 0, 3, 5);
  const heads = node.int('num_heads', 0);
  const [batch, length] = [query?.[0] ?? node.fresh(), query?.[1] ?? node.fresh()];
  const packed = query?.length === 5;
  const own = packed ? query[4] : query?.[2] && heads > 0 ? perHead(node, query[2], heads) : null;
  const size = own ?? node.fresh();
  const key = packed ? null : ofRank(node, 1, 3, 5);
  const byHeads = key?.length === 4;
  const keys = packed || !node.has(1) ? length : (key?.[byHeads ? 2 : 1] ?? node.fresh());
  const hidden = valueHidden(node, heads) ?? (size === null ? null : mul(size, heads));
  const total = withPast(node, 6, 2, keys);
  const valueSize = hidden !== null && heads > 0 ? divideExactly(hidden, heads) : null;
  return [
    node.like(0, [batch, length, hidden ?? node.fresh()]),
    node.like(0, [batch, heads, total, size]),
    node.like(0, [batch, heads, total, valueSize ?? node.fresh()]),
    node.like(0, [batch, heads, length, total]),
  ];
};

/** Hidden size of the value input; null where there is none, or it is not known. */
function valueHidden(node: NodeView, heads: number): Dim | null {
  const value = node.shape(2);
  if (value?.length === 3) return value[2] as Dim;
  return value?.length === 4 ? mul(value[3] as Dim, heads) : null;
}

/**
 * Fewer heads of keys than of queries; without a key the query holds all three side by side. The
 * present is as long as what is asked for, or as the past's buffer where that is longer.
 */
const groupQueryAttention: ShapeRule = (node) => {
  const query = ofRank(node, 0, 3);
  const [batch, length] = [query?.[0] ?? node.fresh(), query?.[1] ?? node.fresh()];
  const [heads, keyHeads] = [node.int('num_heads', 1), node.int('kv_num_heads', 1)];
  const all = node.has(1) ? heads : heads + 2 * keyHeads;
  const size = query ? perHead(node, query[2] as Dim, all) : (node.shape(3)?.[3] ?? node.fresh());
  const total = node.items(6)?.[0];
  const past = node.has(3) ? node.shape(3)?.[2] : 0;
  const known = total !== undefined && !mayBeAny(total) && past !== undefined;
  const present = (known ? greatest(total, past) : null) ?? node.fresh();
  const kept = (index: number) => {
    const elem = node.has(index) ? index : 0;
    return node.like(elem, [batch, keyHeads, present, node.shape(index)?.[3] ?? size]);
  };
  return [node.like(0, [batch, length, mul(size, heads)]), kept(3), kept(4)];
};

const rotaryEmbedding: ShapeRule = (node) => [node.like(0, ofRank(node, 0, 3, 4))];

/** Attention as onnxruntime's optimizers fuse it. */
export const CONTRIB_ATTENTION: Rules = {
  Attention: packedAttention(4, 0),
  QAttention: packedAttention(8, 3),
  MultiHeadAttention: multiHeadAttention,
  GroupQueryAttention: groupQueryAttention,
  RotaryEmbedding: rotaryEmbedding,
};
