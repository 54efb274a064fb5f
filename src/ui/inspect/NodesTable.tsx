// biome-ignore-all lint/a11y/useSemanticElements: of its rows only those in sight exist, laid out freely.
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus for its rows.

import { memo, useCallback, useMemo } from 'react';
import type { InspectedNode } from '../../core/inspect/inspection.ts';
import { MEASURES, type Shares } from '../../core/inspect/nodes/measures.ts';
import { firstSort, type Sort, type SortKey, sorted } from '../../core/inspect/nodes/search.ts';
import { forText } from '../parts/textSize.ts';
import { NodeList } from './NodeList.tsx';
import type { NodesViewProps } from './NodesGraph.tsx';
import styles from './NodesTable.module.css';
import { ShareBar } from './ShareBar.tsx';
import { type TableColumn, tableColumns } from './tableColumns.tsx';

const HEAD = 42;

interface HeadProps {
  readonly columns: readonly TableColumn[];
  readonly sort: Sort;
  readonly share: string;
  readonly onSort: (sort: Sort) => void;
}

/** The same heading again turns the order around. */
const nextSort = (sort: Sort, key: SortKey): Sort =>
  sort.key === key ? { key, descending: !sort.descending } : firstSort(key);

function Head({ columns, sort, share, onSort }: HeadProps) {
  const order = sort.descending ? 'descending' : 'ascending';
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['cells']}>
        {columns.map(({ key, title, unit, figure }, i) => (
          <span
            key={key}
            role="columnheader"
            aria-colindex={i + 1}
            aria-sort={sort.key === key ? order : 'none'}
            data-column={key}
            data-figure={figure}
          >
            <button
              type="button"
              className={styles['sort']}
              onClick={() => onSort(nextSort(sort, key))}
            >
              {title}
              {sort.key === key && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
              {unit && <span className={styles['unit']}>{unit}</span>}
            </button>
          </span>
        ))}
        <span role="columnheader" aria-colindex={columns.length + 1} data-column="share">
          Share of {share}
        </span>
      </div>
    </div>
  );
}

interface TableRowProps {
  readonly node: InspectedNode;
  readonly columns: readonly TableColumn[];
  readonly shares: Shares;
  readonly peak: boolean;
}

const TableRow = memo(function TableRow({ node, columns, shares, peak }: TableRowProps) {
  return (
    <span
      className={styles['cells']}
      data-folded={node.folded}
      data-peak={peak}
      role="presentation"
    >
      {columns.map(({ key, title, unit, figure, cell }, i) => (
        <span
          key={key}
          role="gridcell"
          aria-colindex={i + 1}
          data-column={key}
          data-figure={figure}
          data-unit={unit ? ` ${unit} ${title}` : ` ${title}`}
          title={peak && key === 'live' ? 'The most that is needed at once' : undefined}
        >
          {cell(node)}
        </span>
      ))}
      <span role="gridcell" aria-colindex={columns.length + 1} data-column="share">
        <ShareBar node={node} shares={shares} />
      </span>
    </span>
  );
});

interface NodesTableProps extends Omit<NodesViewProps, 'links' | 'searching' | 'beside'> {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Every figure of every node, sorted by any of them. */
export function NodesTable(props: NodesTableProps) {
  const { inspection, shares, found, narrow, sort, onSort, onOpen } = props;
  const all = inspection.nodes;
  const columns = useMemo(() => tableColumns(all), [all]);
  const rows = useMemo(
    () => sorted(found === null ? all : all.filter(({ id }) => found.has(id)), sort),
    [all, found, sort],
  );
  const nodes = useMemo(() => rows.map(({ id }) => id), [rows]);
  const peak = inspection.peak?.node;
  const render = useCallback(
    (index: number) => {
      const node = rows[index];
      if (!node) return null;
      return <TableRow node={node} columns={columns} shares={shares} peak={node.id === peak} />;
    },
    [rows, columns, shares, peak],
  );
  const share = MEASURES.find(({ id }) => id === shares.by)?.title ?? '';
  return (
    <NodeList
      kind="grid"
      label="Figures of every node"
      nodes={nodes}
      rowHeight={forText(narrow ? 50 : 30)}
      columns={columns.length + 1}
      head={
        narrow ? undefined : <Head columns={columns} sort={sort} share={share} onSort={onSort} />
      }
      headHeight={narrow ? 0 : HEAD}
      render={render}
      onOpen={onOpen}
    />
  );
}
