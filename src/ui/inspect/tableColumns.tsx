import type { ReactNode } from 'react';
import { count, figure } from '../../core/format.ts';
import type { InspectedNode } from '../../core/inspect/inspection.ts';
import { intensityOf, type Scale, scaled, scaleFor } from '../../core/inspect/nodes/measures.ts';
import {
  calledOf,
  elementText,
  SORTS,
  type SortKey,
  shapeText,
} from '../../core/inspect/nodes/search.ts';
import { precisionOf } from '../../core/inspect/precision.ts';
import styles from './NodesTable.module.css';
import { TONES } from './nodeTone.ts';

export interface TableColumn {
  readonly key: SortKey;
  readonly title: string;
  /** "M", "KB" or "FLOP/B"; '' for none. */
  readonly unit: string;
  readonly figure: boolean;
  readonly cell: (node: InspectedNode) => ReactNode;
}

const NONE = '–';

const unknown = (reason: string | null) => (
  <span className={styles['none']} title={reason ?? undefined}>
    {NONE}
  </span>
);

type FigureKey = 'macs' | 'flops' | 'parameters' | 'read' | 'written' | 'live';
const FIGURES: readonly (readonly [FigureKey, string, 'count' | 'bytes'])[] = [
  ['macs', 'MACs', 'count'],
  ['flops', 'FLOPs', 'count'],
  ['parameters', 'Params', 'count'],
  ['read', 'Read', 'bytes'],
  ['written', 'Written', 'bytes'],
];

function figureCell(node: InspectedNode, key: FigureKey, scale: Scale): ReactNode {
  if (node.folded && key !== 'live') {
    return key === 'macs' ? <span className={styles['none']}>at load</span> : null;
  }
  const value = SORTS[key](node);
  if (value !== null) {
    return <span className={value === 0 ? styles['none'] : undefined}>{scaled(value, scale)}</span>;
  }
  return unknown(key === 'live' ? 'Counted with the node that contains it.' : node.problem);
}

function figureColumn(
  nodes: readonly InspectedNode[],
  [key, title, kind]: readonly [FigureKey, string, 'count' | 'bytes'],
): TableColumn {
  const scale = scaleFor(nodes.map(SORTS[key]), kind);
  const { unit } = scale;
  return { key, title, unit, figure: true, cell: (node) => figureCell(node, key, scale) };
}

function intensityCell(node: InspectedNode): ReactNode {
  if (node.folded) return null;
  const value = intensityOf(node);
  return value === null ? unknown(node.problem ?? 'It moves no bytes.') : figure(value);
}

/** Columns for these nodes: figures of one column share one unit. */
export function tableColumns(nodes: readonly InspectedNode[]): readonly TableColumn[] {
  const text = { unit: '', figure: false };
  return [
    { key: 'order', title: '#', ...text, cell: ({ id }) => count(id + 1) },
    {
      key: 'operator',
      title: 'Operator',
      ...text,
      cell: (node) => (
        <b className={styles['operator']} style={{ color: TONES[precisionOf(node)] }}>
          {node.operator}
        </b>
      ),
    },
    {
      key: 'name',
      title: 'Name',
      ...text,
      cell: (node) => <span title={calledOf(node)}>{calledOf(node)}</span>,
    },
    {
      key: 'output',
      title: 'Output',
      ...text,
      cell: (node) => (
        <>
          {shapeText(node) || unknown(node.problem)}{' '}
          <span style={{ color: TONES[precisionOf(node)] }}>{elementText(node)}</span>
        </>
      ),
    },
    ...FIGURES.map((each) => figureColumn(nodes, each)),
    {
      key: 'intensity',
      title: 'Intensity',
      unit: 'FLOP/B',
      figure: true,
      cell: intensityCell,
    },
    figureColumn(nodes, ['live', 'Live', 'bytes']),
  ];
}
