import { Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { unreachable } from '../../core/errors.ts';
import { bytes, count, list, ratio, short } from '../../core/format.ts';
import { type ComparedNode, type Comparison, compareModels } from '../../core/inspect/compare.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { quantizedNote } from '../../core/inspect/sentence.ts';
import type { Opened } from '../../state/inspect/inspect.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { forText } from '../parts/textSize.ts';
import { useInspection } from '../parts/use.ts';
import styles from './CompareCard.module.css';

type Ready = Extract<Opened, { state: 'ready' }>;
type Kind = 'same' | 'changed' | 'added' | 'removed';

function kindOf({ a, b, differences }: ComparedNode): Kind {
  if (!a) return 'added';
  if (!b) return 'removed';
  return differences.length > 0 ? 'changed' : 'same';
}

const SIGNS: Readonly<Record<Kind, string>> = {
  same: '=',
  changed: '≠',
  added: '+',
  removed: '−',
};

function wordsFor(kind: Kind, { a, b, differences }: ComparedNode, titles: [string, string]) {
  switch (kind) {
    case 'same':
      return 'the same in both';
    case 'changed':
      return differences.join(', ');
    case 'added':
      return `only in ${titles[1]}${b?.folded ? ', computed at load' : ''}`;
    case 'removed':
      return `only in ${titles[0]}${a?.folded ? ', computed at load' : ''}`;
    default:
      return unreachable(kind);
  }
}

/** Totals whose smallness is what the second model was made for. */
const TOTALS: readonly (readonly [string, (model: Inspection) => number, (n: number) => string])[] =
  [
    ['File', (model) => model.bytes, bytes],
    ['Nodes', (model) => model.nodes.length, count],
    ['Parameters', (model) => model.parameters, short],
    ['MACs', (model) => model.cost.macs, short],
    ['Operations', (model) => model.cost.flops, short],
    ['Bytes read and written', (model) => model.cost.read + model.cost.written, bytes],
    ['Peak live activations', (model) => model.peak?.bytes ?? 0, bytes],
  ];

function Totals({ a, b }: { a: Ready; b: Ready }) {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">For one inference, calculated from the files</th>
          <td>{a.title}</td>
          <td>{b.title}</td>
          <td />
        </tr>
      </thead>
      <tbody>
        {TOTALS.map(([title, read, print]) => {
          const [x, y] = [read(a.inspection), read(b.inspection)];
          return (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{print(x)}</td>
              <td>{print(y)}</td>
              <td>{x === y ? 'same' : x > 0 && y > 0 ? ratio(y / x) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function sentence({ same, changed, onlyA, onlyB }: Comparison, titles: [string, string]): string {
  const parts = [
    `${count(same)} nodes are the same`,
    changed > 0 ? `${count(changed)} differ` : null,
    onlyA > 0 ? `${count(onlyA)} are only in ${titles[0]}` : null,
    onlyB > 0 ? `${count(onlyB)} only in ${titles[1]}` : null,
  ].filter((part) => part !== null);
  return `${list(parts)}.`;
}

function Rows({ nodes, titles }: { nodes: readonly ComparedNode[]; titles: [string, string] }) {
  const box = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 47.5em)') ?? false;
  const height = forText(narrow ? 52 : 34);
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className={styles['list']} aria-label="Nodes compared" tabIndex={0}>
      <ul className={styles['inner']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const compared = nodes[index] as ComparedNode;
          const kind = kindOf(compared);
          const node = compared.a ?? compared.b;
          const words = wordsFor(kind, compared, titles);
          return (
            <li
              key={index}
              className={styles['row']}
              data-kind={kind}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={styles['sign']}>{SIGNS[kind]}</span>
              <span title={node?.name}>
                <b>{node?.operator}</b> {node?.name}
              </span>
              <span title={words}>{words}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Compared({ a, b }: { a: Ready; b: Ready }) {
  const [all, setAll] = useState(false);
  const comparison = useMemo(
    () => compareModels(a.inspection, b.inspection),
    [a.inspection, b.inspection],
  );
  const titles: [string, string] = [a.title, b.title];
  const note = quantizedNote({ nodes: [...a.inspection.nodes, ...b.inspection.nodes] });
  const shown = all ? comparison.nodes : comparison.nodes.filter((node) => kindOf(node) !== 'same');
  return (
    <>
      <p className={styles['say']} data-comparison>
        {sentence(comparison, titles)}
      </p>
      <Totals a={a} b={b} />
      {note && <p className={styles['note']}>{note}</p>}
      <Checkbox
        mt={12}
        size="xs"
        label="Show nodes that are the same too"
        checked={all}
        onChange={({ currentTarget }) => setAll(currentTarget.checked)}
      />
      <Rows nodes={shown} titles={titles} />
    </>
  );
}

/** Two models side by side: what differs, node by node. */
export function CompareCard({ subject }: { subject: Ready }) {
  const other = useInspection((state) => state.opened.other);
  return (
    <Card title="Comparison">
      {other.state === 'opening' && <p role="status">Reading {other.title}…</p>}
      {other.state === 'failed' && <Fault error={other.error} />}
      {other.state === 'ready' && <Compared a={subject} b={other} />}
    </Card>
  );
}
