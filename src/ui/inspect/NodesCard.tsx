import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../core/format.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { linksOf } from '../../core/inspect/links.ts';
import { firstMeasure, MEASURES, type Measure, sharesOf } from '../../core/inspect/measures.ts';
import { firstSort, matches, type Sort } from '../../core/inspect/search.ts';
import { Card } from '../parts/Card.tsx';
import { useInspection } from '../use.ts';
import { NodeDetails } from './NodeDetails.tsx';
import styles from './NodesCard.module.css';
import { NodesGraph } from './NodesGraph.tsx';
import { NodesTable } from './NodesTable.tsx';
import { SortSelect } from './SortSelect.tsx';

type View = 'graph' | 'table';

/** What is searched for; a node chosen elsewhere that the search would hide ends it. */
function useSearch({ nodes }: Inspection) {
  const [query, setQuery] = useState('');
  const deferred = useDeferredValue(query);
  const node = useInspection((state) => state.node);
  const found = useMemo(
    () =>
      deferred.trim() === ''
        ? null
        : new Set(nodes.filter((each) => matches(each, deferred)).map(({ id }) => id)),
    [nodes, deferred],
  );
  const [seen, setSeen] = useState(node);
  if (node !== seen) {
    setSeen(node);
    if (node !== null && found && !found.has(node)) setQuery('');
  }
  return { query, setQuery, found };
}

interface SearchProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

function SearchBox({ query, onQuery }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onQuery('');
    input.current?.focus();
  };
  return (
    <TextInput
      ref={input}
      className={styles['search'] ?? ''}
      size="xs"
      type="search"
      aria-label="Find nodes by operator, name, tensor or body"
      placeholder="Find operator, name, tensor"
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
      rightSection={
        query !== '' && (
          <button
            type="button"
            className={styles['clear']}
            aria-label="Clear the search"
            onClick={clear}
          >
            ×
          </button>
        )
      }
    />
  );
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A model's nodes as a graph or a table, with the details of the one that is chosen. */
export function NodesCard({ inspection }: { inspection: Inspection }) {
  const { nodes } = inspection;
  const [view, setView] = useState<View>('graph');
  const [chosenMeasure, setMeasure] = useState<Measure | null>(null);
  const [sort, setSort] = useState<Sort>(firstSort('order'));
  const { query, setQuery, found } = useSearch(inspection);
  const measure = chosenMeasure ?? firstMeasure(inspection);
  const narrow =
    useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const links = useMemo(() => linksOf(inspection), [inspection]);
  const shares = useMemo(() => sharesOf(inspection, measure), [inspection, measure]);
  const chosen = useInspection(({ node }) => (node === null ? null : (nodes[node] ?? null)));
  const details = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState(0);
  const onOpen = useCallback(() => setOpened((times) => times + 1), []);
  useEffect(() => {
    if (opened === 0 || !matchMedia('(max-width: 760px)').matches) return;
    details.current?.scrollIntoView({ block: 'nearest', behavior: calm() ? 'auto' : 'smooth' });
  }, [opened]);
  const shown = found === null ? nodes.length : found.size;
  const list = { inspection, shares, found, narrow, onOpen };
  return (
    <Card
      title="Nodes"
      aside={
        <span className={styles['count']} role="status">
          {shown === nodes.length
            ? `${count(nodes.length)} nodes`
            : `${count(shown)} of ${count(nodes.length)} nodes`}
        </span>
      }
    >
      <div className={styles['controls']}>
        <SegmentedControl
          className={styles['view'] ?? ''}
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
            className={styles['measure'] ?? ''}
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
            <p className={styles['none']}>No node has “{query.trim()}” in it.</p>
          ) : view === 'graph' ? (
            <NodesGraph {...list} links={links} />
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
