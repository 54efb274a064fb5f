import { memo } from 'react';
import { Bar, Cell } from 'recharts';
import { bytes } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { useRaceView } from '../raceView.ts';
import { BAR_ROW, type BarRow, LaneBars, samePrinted } from './bars.tsx';
import styles from './note.module.css';

const MB = 1e6;

interface MemoryRow extends BarRow {
  /** Megabytes. */
  readonly heap: number;
  readonly gpu: number;
}

function memoryRows(figures: readonly LaneFigures[]): MemoryRow[] {
  return figures.flatMap(({ lane, memory }) => {
    if (!memory) return [];
    const { heap, gpu } = memory;
    const value = gpu === null ? bytes(heap) : `${bytes(heap)} + ${bytes(gpu)} on the GPU`;
    return [{ lane, heap: heap / MB, gpu: (gpu ?? 0) / MB, value }];
  });
}

const MemoryBars = memo(({ rows }: { readonly rows: readonly MemoryRow[] }) => {
  if (rows.length === 0) return null;
  const top = Math.max(...rows.map(({ heap, gpu }) => heap + gpu)) * 1.05;
  const files = rows.map(({ lane }) => `${laneTitle(lane)} ${bytes(lane.variant.bytes)}`);
  return (
    <>
      <LaneBars rows={rows} what="Memory" low={0} high={top}>
        {(['heap', 'gpu'] as const).map((part) => (
          <Bar
            key={part}
            dataKey={part}
            stackId="memory"
            barSize={BAR_ROW.bar}
            isAnimationActive={false}
          >
            {rows.map(({ lane }) => (
              <Cell
                key={lane.id}
                fill={laneStyle(lane).colour}
                fillOpacity={part === 'heap' ? 0.8 : 0.4}
              />
            ))}
          </Bar>
        ))}
      </LaneBars>
      <p className={styles['note']}>
        WASM heap of each lane’s own worker: runtime, weights and activations. Model files:{' '}
        {files.join(', ')}.
      </p>
    </>
  );
}, samePrinted);

/** Each lane's heap and, lighter, the GPU's buffers behind it. */
export function MemoryChart() {
  return <MemoryBars rows={memoryRows(useRaceView()?.figures ?? [])} />;
}
