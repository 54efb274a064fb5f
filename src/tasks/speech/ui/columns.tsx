import type { ReactNode } from 'react';
import type { LaneFigures } from '../../../core/figures/figures.ts';
import { ratio } from '../../../core/format.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { NONE } from '../../../ui/bench/Amount.tsx';
import { NOT_YET, Provisional } from '../../../ui/bench/EarlyCells.tsx';
import styles from '../../../ui/parts/FoldingTable.module.css';
import type { OwnColumn } from '../../../ui/tasks/views.ts';
import { speechModel } from '../core/kind.ts';
import { realTimeFactor } from '../core/task.ts';

/** How many times faster a lane hears than sound lasts. */
function paceCell({ steady, early }: LaneFigures, { model }: RaceRecord): ReactNode {
  const { task } = speechModel(model);
  if (early && early.median !== null) {
    return (
      <>
        {ratio(1 / realTimeFactor(task, early.median))}
        <span className={styles['sub']}>
          <Provisional early={early} />
        </span>
      </>
    );
  }
  if (!steady) return early ? NOT_YET : NONE;
  return (
    <>
      {ratio(1 / realTimeFactor(task, steady.median))}
      <span className={styles['sub']}>
        {realTimeFactor(task, steady.p99) > 1 ? 'p99 late' : 'p99 on time'}
      </span>
    </>
  );
}

export const columns: readonly OwnColumn[] = [
  {
    key: 'pace',
    after: 'speedup',
    title: 'Real time',
    explains:
      'How many times faster than real time: the length of a frame divided by the median. Below 1, a lane cannot keep up with a microphone; a frame that takes longer than it lasts is late.',
    cell: (lane, record) => <span data-figure="pace">{paceCell(lane, record)}</span>,
  },
];
