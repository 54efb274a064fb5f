import type { ReactNode } from 'react';
import type { LaneFigures } from '../../../core/figures/figures.ts';
import { percent } from '../../../core/format.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { accuracyValue } from '../../../ui/bench/cells.tsx';
import styles from '../../../ui/parts/FoldingTable.module.css';
import type { OwnColumn } from '../../../ui/tasks/views.ts';

function linesCell(figures: LaneFigures, record: RaceRecord): ReactNode {
  const { accuracy, boxes, lane } = figures;
  const precision = accuracy?.precision ?? null;
  return (
    <>
      {accuracyValue(figures, record)}
      {precision !== null && (
        <span className={styles['sub']}>{percent(precision)} of its boxes</span>
      )}
      {boxes && !lane.reference && (
        <span className={styles['sub']}>
          {boxes.matched} of fp32’s {boxes.expected} boxes
        </span>
      )}
    </>
  );
}

export const columns: readonly OwnColumn[] = [
  {
    key: 'lines',
    after: 'accuracy',
    title: 'Lines found',
    explains:
      'Recall: labelled lines of the sample pictures that were detected here and now (intersection over union of at least one half). Precision: share of the detected boxes that match a line. Below: boxes in common with fp32 on WASM, over all pictures.',
    cell: (lane, record) => <span data-figure="lines">{linesCell(lane, record)}</span>,
  },
];
