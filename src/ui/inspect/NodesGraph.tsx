import { useCallback, useMemo } from 'react';
import type { Inspection } from '../../core/inspect/inspection.ts';
import type { Links } from '../../core/inspect/links.ts';
import type { Shares } from '../../core/inspect/measures.ts';
import { railsOf } from '../../core/inspect/rails.ts';
import { GraphRow } from './GraphRow.tsx';
import { NodeList } from './NodeList.tsx';

/** Columns drawn where there is room, and on a phone. */
const MOST = { wide: 14, narrow: 6 };

export interface NodesViewProps {
  readonly inspection: Inspection;
  readonly links: Links;
  readonly shares: Shares;
  /** The nodes that were searched for; null for all. */
  readonly found: ReadonlySet<number> | null;
  readonly narrow: boolean;
  readonly onOpen: () => void;
}

/** The model as a line of nodes with a rail for each activation that lives. */
export function NodesGraph({ inspection, links, shares, found, narrow, onOpen }: NodesViewProps) {
  const { rows, rails, columns } = useMemo(
    () => railsOf(inspection, links, MOST.wide),
    [inspection, links],
  );
  const shown = useMemo(() => {
    const all = rows.map((_, at) => at);
    return found === null ? all : all.filter((at) => found.has(rows[at]?.node ?? -1));
  }, [rows, found]);
  const nodes = useMemo(() => shown.map((at) => rows[at]?.node ?? null), [shown, rows]);
  const size = useMemo(
    () => ({ columns, pitch: narrow ? 10 : 13, most: narrow ? MOST.narrow : MOST.wide }),
    [columns, narrow],
  );
  const height = narrow ? 48 : 32;
  const peak = inspection.peak?.node;
  const render = useCallback(
    (index: number) => {
      const at = shown[index] ?? 0;
      const row = rows[at];
      if (!row) return null;
      return (
        <GraphRow
          row={row}
          rails={rails}
          size={size}
          height={height}
          node={row.node === null ? null : (inspection.nodes[row.node] ?? null)}
          shares={shares}
          peak={row.node !== null && row.node === peak}
          gap={index > 0 && shown[index - 1] !== at - 1}
        />
      );
    },
    [shown, rows, rails, size, height, inspection, shares, peak],
  );
  return (
    <NodeList
      kind="listbox"
      label="Nodes in the order of the graph"
      nodes={nodes}
      rowHeight={height}
      render={render}
      onOpen={onOpen}
    />
  );
}
