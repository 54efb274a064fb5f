import type { Dim } from '../dim.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { agreed, ofRank } from './checks.ts';

/** What a step of each operator computes per hidden value: the gates. */
const GATES: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };

/** Hidden size: an attribute, or the last axis of the recurrence weights [directions, …, hidden]. */
function hiddenSize(node: NodeView, recurrence: readonly Dim[] | null): Dim {
  const own = node.int('hidden_size', null);
  return agreed('hidden size and the recurrence weights', own, recurrence?.[2]) ?? node.fresh();
}

/**
 * ONNX, RNN, GRU and LSTM: Y of every step [sequence, directions, batch, hidden], and of the last
 * step Y_h and Y_c [directions, batch, hidden]; with layout 1 the batch comes first.
 */
export const recurrent: ShapeRule = (node) => {
  const input = ofRank(node, 0, 3);
  const weights = ofRank(node, 1, 3);
  const recurrence = ofRank(node, 2, 3);
  const directions = node.text('direction', 'forward') === 'bidirectional' ? 2 : 1;
  const what = `directions of ${node.node.opType} and its weights`;
  agreed(what, directions, weights?.[0], recurrence?.[0]);
  const hidden = hiddenSize(node, recurrence);
  const gates = GATES[node.node.opType];
  const rows = weights?.[1];
  if (gates && typeof hidden === 'number' && typeof rows === 'number' && rows !== gates * hidden) {
    throw new Contradiction(
      `Weights of ${rows} rows are none of ${gates} gates and a hidden size of ${hidden}.`,
    );
  }
  agreed('input sizes of data and weights', input?.[2], weights?.[2]);
  const batchFirst = node.int('layout', 0) !== 0;
  const initial = ofRank(node, 5, 3)?.[batchFirst ? 0 : 1];
  const batch = input?.[batchFirst ? 0 : 1] ?? initial ?? node.fresh();
  const steps = input?.[batchFirst ? 1 : 0] ?? node.fresh();
  const all = batchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  const last = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
  return [node.like(0, all), node.like(0, last), node.like(0, last)];
};

/** Recurrent networks. */
export const RECURRENT: Rules = { RNN: recurrent, GRU: recurrent, LSTM: recurrent };
