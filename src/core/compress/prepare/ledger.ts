import { firstOutput, nodeTitle } from '../../onnx/graph.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';
import type { Decision } from '../technique.ts';

interface Entry {
  readonly outcome: Decision['outcome'];
  readonly reasons: string[];
}

const WEIGHT: Readonly<Record<Decision['outcome'], number>> = { kept: 0, changed: 1, removed: 2 };

/** Keeps what was done to each node, by the name that the node had before anything was done. */
export class Ledger {
  private readonly before: ReadonlyMap<NodeProto, Omit<Decision, 'outcome' | 'reason'>>;
  private readonly entries = new Map<NodeProto, Entry>();

  constructor(nodes: readonly NodeProto[]) {
    this.before = new Map(
      nodes.map((node) => [
        node,
        {
          node: firstOutput(node),
          title: nodeTitle(node),
          operator: node.opType,
        },
      ]),
    );
  }

  /** A node may be changed several times; that it was kept by one step says nothing then. */
  note(node: NodeProto, outcome: Decision['outcome'], reason: string): void {
    const entry = this.entries.get(node);
    if (!entry || WEIGHT[outcome] > WEIGHT[entry.outcome]) {
      this.entries.set(node, { outcome, reasons: [reason] });
    } else if (entry.outcome === outcome && !entry.reasons.includes(reason)) {
      entry.reasons.push(reason);
    }
  }

  /** The name that a person knows a node by. */
  title(node: NodeProto): string {
    return this.before.get(node)?.title ?? nodeTitle(node);
  }

  /** In the order of the nodes; nodes that were added have no name from before, and are not told of. */
  decisions(): Decision[] {
    return [...this.before].flatMap(([node, about]) => {
      const entry = this.entries.get(node);
      if (!entry) return [];
      return [{ ...about, outcome: entry.outcome, reason: entry.reasons.join('; ') }];
    });
  }
}
