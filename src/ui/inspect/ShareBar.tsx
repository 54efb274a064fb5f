import { percent } from '../../core/format.ts';
import type { InspectedNode } from '../../core/inspect/inspection.ts';
import { measured, measureText, type Shares } from '../../core/inspect/nodes/measures.ts';
import styles from './ShareBar.module.css';

function explained(node: InspectedNode, { by }: Shares): string {
  const value = measured(node, by);
  if (node.folded) return 'Computed once, when the model is loaded';
  if (value === null) {
    return node.problem ?? (by === 'live' ? 'Counted with the node that contains it' : 'Not known');
  }
  return `${measureText(value, by)}${node.within.length > 0 ? ', each time the body runs' : ''}`;
}

/** A node's part of the whole; the bar is full for the node with the largest part. */
export function ShareBar({ node, shares }: { node: InspectedNode; shares: Shares }) {
  const share = shares.of[node.id] ?? null;
  const atLoad = node.folded && shares.by !== 'live' && shares.by !== 'parameters';
  const text = atLoad ? 'at load' : share === null ? '–' : percent(share);
  const width = share !== null && shares.largest > 0 ? (share / shares.largest) * 100 : 0;
  return (
    <span className={styles['share']} title={explained(node, shares)} data-none={!share}>
      <span className={styles['track']} aria-hidden="true">
        <span className={styles['bar']} style={{ width: `${width}%` }} />
      </span>
      <span className={styles['figure']}>{text}</span>
    </span>
  );
}
