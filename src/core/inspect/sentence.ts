import { bytes, count, percent, short } from '../format.ts';
import { type Inspection, openTensors } from './inspection.ts';

/** Operators that share most of the MACs, largest first. */
export interface OperatorShare {
  readonly operator: string;
  readonly nodes: number;
  readonly macs: number;
  readonly flops: number;
  /** Bytes read and written. */
  readonly moved: number;
}

/** Work by operator type in the main graph; nodes computed at load are left out. */
export function operatorShares({ nodes }: Inspection): OperatorShare[] {
  const shares = new Map<string, OperatorShare>();
  for (const { operator, cost, within, folded } of nodes) {
    if (within.length > 0 || folded) continue;
    const before = shares.get(operator) ?? { operator, nodes: 0, macs: 0, flops: 0, moved: 0 };
    shares.set(operator, {
      operator,
      nodes: before.nodes + 1,
      macs: before.macs + (cost?.macs ?? 0),
      flops: before.flops + (cost?.flops ?? 0),
      moved: before.moved + (cost ? cost.read + cost.written : 0),
    });
  }
  return [...shares.values()].sort((a, b) => b.flops - a.flops || b.nodes - a.nodes);
}

/** "5 Conv nodes" */
export const nodesText = (n: number, operator: string): string =>
  `${count(n)} ${operator} ${n === 1 ? 'node' : 'nodes'}`;

/** What a model is and needs, in two or three sentences. */
export function summarySentences(inspection: Inspection): string[] {
  const { cost, parameters, weights, peak, uncosted } = inspection;
  const stored = weights.reduce((sum, { bytes: each }) => sum + each, 0);
  const [top] = operatorShares(inspection);
  const main = inspection.nodes.filter(({ within }) => within.length === 0);
  const work =
    cost.macs > 0
      ? `One inference takes ${short(cost.macs)} multiply-accumulates`
      : `One inference takes ${short(cost.flops)} operations`;
  const most =
    top && cost.flops > 0
      ? `; ${nodesText(top.nodes, top.operator)} of ${count(main.length)} ${top.nodes === 1 ? 'does' : 'do'} ${percent(top.flops / cost.flops)} of the arithmetic`
      : '';
  const missing =
    uncosted > 0 ? ` (at least: the cost of ${count(uncosted)} nodes is not known)` : '';
  return [
    `${work}${missing}${most}.`,
    `It has ${short(parameters)} parameters, and its stored values take ${bytes(stored)}${peak ? `; at most ${bytes(peak.bytes)} of activations are live at once` : ''}.`,
  ];
}

/** Why the totals may be too low; empty when nothing is missing. */
export function doubts(inspection: Inspection): string[] {
  const { typed, uncosted, nodes: all } = inspection;
  const lines: string[] = [];
  const open = openTensors(inspection).length;
  if (open > 0) {
    lines.push(
      `The size of ${count(open)} of ${count(typed.all)} tensors is not known before a run.`,
    );
  }
  if (uncosted > 0) {
    const reasons = new Set(all.flatMap(({ problem }) => problem ?? []));
    lines.push(...[...reasons].slice(0, MAX_REASONS));
  }
  return lines;
}

/** Different problems that are named one by one; the nodes' details have them all. */
const MAX_REASONS = 3;

/** How to read a quantized file's costs; null for a file without such nodes. */
export function quantizedNote({ nodes }: Pick<Inspection, 'nodes'>): string | null {
  return nodes.some(({ operator }) => operator === 'DequantizeLinear')
    ? 'Costs are those of the file as written: between QuantizeLinear and DequantizeLinear it computes in float. A runtime that fuses them into integer kernels moves fewer bytes; one that does not moves all of these. A profile shows which.'
    : null;
}
