import { useCallback, useMemo } from 'react';
import type { Inspection } from '../../core/inspect/inspection.ts';
import type { Links } from '../../core/inspect/nodes/links.ts';
import type { Shares } from '../../core/inspect/nodes/measures.ts';
import { railsOf } from '../../core/inspect/nodes/rails.ts';
import { forText } from '../parts/textSize.ts';
import { GraphRow } from './GraphRow.tsx';
import { NodeList } from './NodeList.tsx';

/** Columns drawn where there is room, beside the details, and on a phone. */
const MAX_COLUMNS = { wide: 14, beside: 9, narrow: 6 };

export interface NodesViewProps {
  readonly inspection: Inspection;
  readonly links: Links;
  readonly shares: Shares;
  /** The nodes to show; null for all. */
  readonly found: ReadonlySet<number> | null;
  /** They were searched for: what lies between them is missing. */
  readonly searching: boolean;
  /** The details stand beside the list. */
  readonly beside: boolean;
  readonly narrow: boolean;
  readonly onOpen: () => void;
}

/** The model as a line of nodes with a rail for each activation that lives. */
export function NodesGraph(props: NodesViewProps) {
  const { inspection, links, shares, found, searching, beside, narrow, onOpen } = props;
  const { rows, rails, columns } = useMemo(
    () => railsOf(inspection, links, MAX_COLUMNS.wide),
    [inspection, links],
  );
  const shown = useMemo(() => {
    const all = rows.map((_, at) => at);
    if (found === null) return all;
    return all.filter((at) => {
      const node = rows[at]?.node ?? null;
      return node === null ? !searching : found.has(node);
    });
  }, [rows, found, searching]);
  const nodes = useMemo(() => shown.map((at) => rows[at]?.node ?? null), [shown, rows]);
  const room = narrow ? 'narrow' : beside ? 'beside' : 'wide';
  const size = useMemo(
    () => ({ columns, pitch: narrow ? 9 : 13, most: MAX_COLUMNS[room] }),
    [columns, narrow, room],
  );
  const height = forText(narrow ? 48 : 32);
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
          gap={searching && index > 0 && shown[index - 1] !== at - 1}
        />
      );
    },
    [shown, rows, rails, size, height, inspection, shares, peak, searching],
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
