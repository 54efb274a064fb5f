import { useMemo } from 'react';
import { Bar, BarChart, Cell, XAxis, YAxis } from 'recharts';
import { bytes, figure } from '../../core/format.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { useRaceView } from '../raceView.ts';
import { BAR_ROW, BarNames, rowsHeight } from './bars.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';
import { niceTicks } from './ticks.ts';

const MB = 1e6;

interface MemoryRow {
  readonly lane: Lane;
  /** Megabytes. */
  readonly heap: number;
  readonly gpu: number;
  readonly value: string;
}

function memoryRows(figures: readonly LaneFigures[]): MemoryRow[] {
  return figures.flatMap(({ lane, memory }) => {
    if (!memory) return [];
    const { heap, gpu } = memory;
    const value = gpu === null ? bytes(heap) : `${bytes(heap)} + ${bytes(gpu)} on the GPU`;
    return [{ lane, heap: heap / MB, gpu: (gpu ?? 0) / MB, value }];
  });
}

function MemoryBars({ rows }: { rows: readonly MemoryRow[] }) {
  if (rows.length === 0) return null;
  const top = Math.max(...rows.map(({ heap, gpu }) => heap + gpu)) * 1.05;
  const says = rows.map(({ lane, value }) => `${laneTitle(lane)} ${value}`);
  const files = rows.map(({ lane }) => `${laneTitle(lane)} ${bytes(lane.variant.bytes)}`);
  return (
    <>
      <ChartFrame height={rowsHeight(rows.length)} says={`Memory: ${says.join(', ')}.`}>
        <BarChart data={[...rows]} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            type="number"
            domain={[0, top]}
            ticks={niceTicks(0, top, false)}
            interval={0}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            height={22}
            tickFormatter={figure}
          />
          <YAxis type="category" dataKey="lane.id" hide />
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
          <BarNames bars={rows} />
        </BarChart>
      </ChartFrame>
      <p className={styles['note']}>
        WASM heap of each lane’s own worker: runtime, weights and activations. Model files:{' '}
        {files.join(', ')}.
      </p>
    </>
  );
}

/** Each lane's heap and, lighter, the GPU's buffers behind it. */
export function MemoryChart() {
  const rows = memoryRows(useRaceView()?.figures ?? []);
  const drawn = JSON.stringify(rows.map(({ lane, value }) => [lane.id, value]));
  // Redrawn only when a printed value changes.
  return useMemo(() => <MemoryBars rows={rows} />, [drawn]);
}
