import { useMemo } from 'react';
import { Bar, BarChart, Cell, XAxis, YAxis } from 'recharts';
import { type EnergyEstimate, tierSentence } from '../../core/energy/estimate.ts';
import { figure, range } from '../../core/format.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { useRaceView } from '../raceView.ts';
import { BAR_ROW, BarNames, rowsHeight } from './bars.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';
import { niceTicks } from './ticks.ts';

interface EnergyRow {
  readonly lane: Lane;
  readonly energy: EnergyEstimate;
  /** Lowest and highest, in millijoules. */
  readonly span: [number, number];
  readonly value: string;
}

function energyRows(figures: readonly LaneFigures[]): EnergyRow[] {
  return figures.flatMap(({ lane, energy }) => {
    if (!energy) return [];
    const [low, high] = [energy.marginal.low * 1000, energy.marginal.high * 1000];
    return [{ lane, energy, span: [low, high], value: `${range({ low, high })} mJ` }];
  });
}

function EnergyBars({ rows }: { rows: readonly EnergyRow[] }) {
  const [first] = rows;
  if (!first) return null;
  const highs = rows.map(({ span }) => span[1]);
  const lows = rows.map(({ span }) => span[0]);
  const log = Math.max(...highs) / Math.min(...highs) > 8;
  const bottom = log ? Math.min(...lows) * 0.8 : 0;
  const top = Math.max(...highs) * 1.05;
  const says = rows.map(({ lane, value }) => `${laneTitle(lane)} ${value}`);
  return (
    <>
      <ChartFrame
        height={rowsHeight(rows.length)}
        says={`Estimated energy per inference: ${says.join(', ')}.`}
      >
        <BarChart data={[...rows]} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            type="number"
            scale={log ? 'log' : 'linear'}
            domain={[bottom, top]}
            ticks={niceTicks(bottom, top, log)}
            interval={0}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            height={22}
            tickFormatter={figure}
          />
          <YAxis type="category" dataKey="lane.id" hide />
          <Bar dataKey="span" barSize={BAR_ROW.bar} radius={5} isAnimationActive={false}>
            {rows.map(({ lane }) => (
              <Cell key={lane.id} fill={laneStyle(lane).colour} fillOpacity={0.55} />
            ))}
          </Bar>
          <BarNames bars={rows} />
        </BarChart>
      </ChartFrame>
      <p className={styles['note']}>
        {tierSentence(first.energy.tier)}
        {log && ' The axis is logarithmic.'}
      </p>
    </>
  );
}

/** From low to high per lane: an interval, because nothing was measured with a meter. */
export function EnergyChart() {
  const rows = energyRows(useRaceView()?.figures ?? []);
  const drawn = JSON.stringify(rows.map(({ lane, value }) => [lane.id, value]));
  // Redrawn only when a printed value changes.
  return useMemo(() => <EnergyBars rows={rows} />, [drawn]);
}
