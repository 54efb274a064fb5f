import { useDeferredValue, useMemo, useState } from 'react';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { matches } from '../../core/inspect/nodes/search.ts';
import { useInspection } from '../parts/use.ts';

/**
 * Which nodes to show: those searched for, with or without those computed at load. A node that is
 * chosen elsewhere and would not be among them brings all of them back.
 */
export function useFound({ nodes }: Inspection) {
  const [query, setQuery] = useState('');
  const [atLoad, setAtLoad] = useState(true);
  const text = useDeferredValue(query.trim());
  const found = useMemo(() => {
    if (text === '' && atLoad) return null;
    const shown = nodes.filter((node) => (atLoad || !node.folded) && matches(node, text));
    return new Set(shown.map(({ id }) => id));
  }, [nodes, text, atLoad]);
  const node = useInspection((state) => state.node);
  const [seen, setSeen] = useState(node);
  if (node !== seen) {
    setSeen(node);
    if (node !== null && found && !found.has(node)) {
      setQuery('');
      setAtLoad(true);
    }
  }
  return { query, setQuery, atLoad, setAtLoad, found, searching: text !== '' };
}
