// biome-ignore-all lint/a11y/noStaticElementInteractions: the list's role is given to it.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above.
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useCallback, useEffect, useId, useRef } from 'react';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import { useInspection } from '../parts/use.ts';
import styles from './NodeList.module.css';
import { targetOf } from './targetOf.ts';

interface RowProps {
  readonly id: string;
  readonly kind: 'listbox' | 'grid';
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  /** Null for rows that stand for no node. */
  readonly node: number | null;
  readonly count: number;
  readonly render: (index: number) => ReactNode;
  readonly onChoose: (node: number) => void;
}

/** Everything but `top` and `selected` stays as it is while the list scrolls. */
const Row = memo(function Row({ kind, index, top, height, node, selected, ...rest }: RowProps) {
  const place =
    kind === 'grid'
      ? { role: 'row', 'aria-rowindex': index + 2 }
      : { role: 'option', 'aria-posinset': index + 1, 'aria-setsize': rest.count };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard for all its rows.
    <div
      {...place}
      id={rest.id}
      className={styles['row']}
      aria-selected={selected}
      aria-disabled={node === null || undefined}
      data-node={node ?? undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={node === null ? undefined : () => rest.onChoose(node)}
    >
      {rest.render(index)}
    </div>
  );
});

interface NodeListProps {
  readonly kind: 'listbox' | 'grid';
  readonly label: string;
  /** The node of each row; null for rows that stand for none. */
  readonly nodes: readonly (number | null)[];
  readonly rowHeight: number;
  /** Stays at the top. */
  readonly head?: ReactNode;
  readonly headHeight?: number;
  readonly columns?: number;
  /** What a row holds; must be the same function as long as the rows are the same. */
  readonly render: (index: number) => ReactNode;
  /** A row was chosen by pointer or by Enter, not just passed with the arrow keys. */
  readonly onOpen: () => void;
}

/** Rows of one height of which only those in sight exist; the arrow keys move the choice. */
export function NodeList(props: NodeListProps) {
  const { kind, label, nodes, rowHeight, head, headHeight = 0, columns, render, onOpen } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const node = useInspection((state) => state.node);
  const chosen = node === null ? -1 : nodes.indexOf(node);
  const extract = useCallback(
    (range: Range) => {
      // The chosen row is always there: the list's focus stands for it.
      const rows = defaultRangeExtractor(range);
      if (chosen >= 0 && !rows.includes(chosen)) rows.push(chosen);
      return rows.sort((a, b) => a - b);
    },
    [chosen],
  );
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: extract,
  });

  useEffect(() => virtual.measure(), [rowHeight]);

  const seen = useRef<{ node: number | null; nodes: typeof nodes }>({ node: null, nodes });
  const own = useRef<number | null>(null);
  useEffect(() => {
    if (node !== seen.current.node && chosen >= 0) {
      virtual.scrollToIndex(chosen, { align: own.current === node ? 'auto' : 'center' });
      seen.current = { node, nodes };
    } else if (seen.current.nodes !== nodes) {
      virtual.scrollToOffset(0);
      seen.current = { ...seen.current, nodes };
    }
  }, [node, nodes, chosen, virtual]);

  const choose = useCallback((next: number) => {
    own.current = next;
    chooseNode(next);
  }, []);
  const open = useCallback(
    (next: number) => {
      choose(next);
      onOpen();
    },
    [choose, onOpen],
  );
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const inSight = virtual.range?.startIndex ?? 0;
    const page = Math.max(1, Math.floor((virtual.scrollRect?.height ?? 0) / rowHeight) - 1);
    const target = targetOf(event.key, nodes, chosen, inSight, page);
    if (target === null) return;
    event.preventDefault();
    const next = nodes[target];
    if (next === null || next === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') open(next);
    else choose(next);
  };
  const size =
    kind === 'grid' ? { 'aria-rowcount': nodes.length + 1, 'aria-colcount': columns } : {};
  return (
    <div
      {...size}
      ref={scroller}
      role={kind}
      aria-label={label}
      aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
      tabIndex={0}
      className={styles['scroll']}
      onKeyDown={onKeyDown}
    >
      {head}
      <div
        role={kind === 'grid' ? 'rowgroup' : 'presentation'}
        className={styles['rows']}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            id={`${id}-${index}`}
            kind={kind}
            index={index}
            top={start - headHeight}
            height={rowHeight}
            node={nodes[index] ?? null}
            count={nodes.length}
            selected={index === chosen}
            render={render}
            onChoose={open}
          />
        ))}
      </div>
    </div>
  );
}
