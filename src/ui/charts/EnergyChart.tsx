import { memo } from 'react';
import { Bar, BarChart, Cell, XAxis, YAxis } from 'recharts';
import { tierSentence } from '../../core/energy/estimate.ts';
import { figure, range } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { BAR_ROW, BarNames, rowsHeight } from './bars.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';

/** From low to high per lane: an interval, because nothing was measured with a meter. */
export const EnergyChart = memo(function EnergyChart({
  figures,
}: {
  figures: readonly LaneFigures[];
}) {
  const rows = figures.flatMap(({ lane, energy }) =>
    energy
      ? [
          {
            lane,
            energy,
            span: [energy.marginal.low * 1000, energy.marginal.high * 1000] as [number, number],
          },
        ]
      : [],
  );
  const [first] = rows;
  if (!first) return null;
  const highs = rows.map(({ span }) => span[1]);
  const lows = rows.map(({ span }) => span[0]);
  const log = Math.max(...highs) / Math.min(...highs) > 8;
  const bars = rows.map(({ lane, span: [low, high] }) => ({
    lane,
    value: `${range({ low, high })} mJ`,
  }));
  const says = bars.map(({ lane, value }) => `${laneTitle(lane)} ${value}`);
  return (
    <>
      <ChartFrame
        height={rowsHeight(rows.length)}
        says={`Estimated energy per inference: ${says.join(', ')}.`}
      >
        <BarChart data={rows} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            type="number"
            scale={log ? 'log' : 'linear'}
            domain={[log ? Math.min(...lows) * 0.8 : 0, Math.max(...highs) * 1.25]}
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
          <BarNames bars={bars} />
        </BarChart>
      </ChartFrame>
      <p className={styles['note']}>
        {tierSentence(first.energy.tier)}
        {log && ' The axis is logarithmic.'}
      </p>
    </>
  );
});
