import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../core/format.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { linksOf } from '../../core/inspect/nodes/links.ts';
import {
  firstMeasure,
  MEASURES,
  type Measure,
  sharesOf,
} from '../../core/inspect/nodes/measures.ts';
import { firstSort, type Sort } from '../../core/inspect/nodes/search.ts';
import { Card } from '../parts/Card.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useInspection } from '../parts/use.ts';
import { NodeDetails } from './NodeDetails.tsx';
import styles from './NodesCard.module.css';
import { NodesGraph } from './NodesGraph.tsx';
import { NodesTable } from './NodesTable.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SortSelect } from './SortSelect.tsx';
import { useFound } from './useFound.ts';

type View = 'graph' | 'table';

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A model's nodes as a graph or a table, with the details of the one that is chosen. */
export function NodesCard({ inspection }: { inspection: Inspection }) {
  const { nodes } = inspection;
  const [view, setView] = useState<View>('graph');
  const [chosenMeasure, setMeasure] = useState<Measure | null>(null);
  const [sort, setSort] = useState<Sort>(firstSort('order'));
  const { query, setQuery, atLoad, setAtLoad, found, searching } = useFound(inspection);
  const measure = chosenMeasure ?? firstMeasure(inspection);
  const narrow =
    useMediaQuery('(max-width: 47.5em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const links = useMemo(() => linksOf(inspection), [inspection]);
  const shares = useMemo(() => sharesOf(inspection, measure), [inspection, measure]);
  const chosen = useInspection(({ node }) => (node === null ? null : (nodes[node] ?? null)));
  const details = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState(0);
  const onOpen = useCallback(() => setOpened((times) => times + 1), []);
  useEffect(() => {
    if (opened === 0 || !matchMedia('(max-width: 47.5em)').matches) return;
    details.current?.scrollIntoView({ block: 'nearest', behavior: calm() ? 'auto' : 'smooth' });
  }, [opened]);
  const shown = found === null ? nodes.length : found.size;
  const folded = useMemo(() => nodes.filter((node) => node.folded).length, [nodes]);
  const list = { inspection, shares, found, narrow, onOpen };
  return (
    <Card
      title="Nodes"
      method="inspect"
      aside={
        <span className={styles['count']}>
          <span role="status">
            {shown === nodes.length ? '' : `${count(shown)} of `}
            {count(nodes.length)} nodes
          </span>
          {folded > 0 && !searching && (
            <>
              , {count(folded)} computed at load:{' '}
              <TextButton disabled={false} onClick={() => setAtLoad(!atLoad)}>
                {atLoad ? 'hide' : 'show'} them
              </TextButton>
            </>
          )}
        </span>
      }
    >
      <div className={styles['controls']}>
        <SegmentedControl
          className={styles['view']}
          aria-label="View"
          value={view}
          onChange={(value) => setView(value === 'table' ? 'table' : 'graph')}
          data={[
            { value: 'graph', label: 'Graph' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <SearchBox query={query} onQuery={setQuery} />
        {view === 'table' && narrow ? (
          <SortSelect sort={sort} onSort={setSort} />
        ) : (
          <NativeSelect
            className={styles['measure']}
            size="xs"
            aria-label="Compare nodes by"
            value={measure}
            onChange={(event) =>
              setMeasure(MEASURES.find(({ id }) => id === event.currentTarget.value)?.id ?? null)
            }
            data={MEASURES.map(({ id, title }) => ({ value: id, label: title }))}
          />
        )}
      </div>
      <div className={styles['split']} data-open={chosen !== null}>
        <div className={styles['list']}>
          {shown === 0 ? (
            <p className={styles['none']}>No node contains “{query.trim()}” in it.</p>
          ) : view === 'graph' ? (
            <NodesGraph {...list} links={links} searching={searching} beside={chosen !== null} />
          ) : (
            <NodesTable {...list} sort={sort} onSort={setSort} />
          )}
        </div>
        {chosen && (
          <NodeDetails ref={details} inspection={inspection} links={links} node={chosen} />
        )}
      </div>
    </Card>
  );
}
