import { memo } from 'react';
import { Bar, BarChart, Cell, XAxis, YAxis } from 'recharts';
import { bytes, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { BAR_ROW, BarNames, rowsHeight } from './bars.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';

const MB = 1e6;

/** The lane's heap, and behind it the GPU's buffers, as one bar. */
export const MemoryChart = memo(function MemoryChart({
  figures,
}: {
  figures: readonly LaneFigures[];
}) {
  const rows = figures.flatMap(({ lane, memory }) =>
    memory
      ? [
          {
            lane,
            heap: memory.heap / MB,
            gpu: (memory.gpu ?? 0) / MB,
            value:
              memory.gpu === null
                ? bytes(memory.heap)
                : `${bytes(memory.heap)} + ${bytes(memory.gpu)} GPU`,
          },
        ]
      : [],
  );
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(({ heap, gpu }) => heap + gpu));
  const says = rows.map(({ lane, value }) => `${laneTitle(lane)} ${value}`);
  return (
    <>
      <ChartFrame height={rowsHeight(rows.length)} says={`Memory: ${says.join(', ')}.`}>
        <BarChart data={rows} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            type="number"
            domain={[0, most * 1.05]}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            height={22}
            tickFormatter={figure}
          />
          <YAxis type="category" dataKey="lane.id" hide />
          <Bar dataKey="heap" stackId="memory" barSize={BAR_ROW.bar} isAnimationActive={false}>
            {rows.map(({ lane }) => (
              <Cell key={lane.id} fill={laneStyle(lane).colour} fillOpacity={0.8} />
            ))}
          </Bar>
          <Bar dataKey="gpu" stackId="memory" barSize={BAR_ROW.bar} isAnimationActive={false}>
            {rows.map(({ lane }) => (
              <Cell key={lane.id} fill={laneStyle(lane).colour} fillOpacity={0.4} />
            ))}
          </Bar>
          <BarNames bars={rows} />
        </BarChart>
      </ChartFrame>
      <p className={styles['note']}>
        WASM heap of each lane’s own worker: runtime, weights and activations. Model files:{' '}
        {rows.map(({ lane }) => `${laneTitle(lane)} ${bytes(lane.variant.bytes)}`).join(', ')}.
      </p>
    </>
  );
});
