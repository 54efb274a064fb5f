import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, XAxis, YAxis } from 'recharts';
import { duration, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { type LatencyRow, latencyRows } from '../../core/report/series.ts';
import { quantile, sorted } from '../../core/stats/quantiles.ts';
import { laneStyle } from '../laneStyle.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';
import { spreadApart } from './spread.ts';

const HEIGHT = 250;
const AXIS_HEIGHT = 28;
const AXIS_WIDTH = 42;
const LABEL_GAP = 14;
/** More points than this cannot be told apart and cost frames while racing. */
const MOST_POINTS = 80;

interface Axis {
  readonly top: number;
  readonly bottom: number;
  readonly log: boolean;
}

/** Lanes whose medians lie further apart than this can only be shown by ratios. */
const FAR_APART = 8;

/**
 * From zero, unless the lanes lie too far apart. A linear axis ends above what most rounds took;
 * single spikes go over its edge, and the note under the chart counts them.
 */
function axisFor(rows: readonly LatencyRow[], figures: readonly LaneFigures[]): Axis {
  const series = figures
    .map(({ lane }) => rows.flatMap(({ ms }) => ms[lane.id] ?? []))
    .filter(({ length }) => length > 0)
    .map(sorted);
  const middles = series.map((values) => quantile(values, 0.5));
  const log = Math.max(...middles) / Math.min(...middles) > FAR_APART;
  const ends = series.map((values) => quantile(values, log ? 1 : 0.95));
  const lows = series.map((values) => values[0] as number);
  return {
    top: Math.max(...ends) * (log ? 1.3 : 1.4),
    bottom: log ? Math.min(...lows) * 0.8 : 0,
    log,
  };
}

const share = ({ top, bottom, log }: Axis, ms: number) =>
  log ? Math.log(ms / bottom) / Math.log(top / bottom) : (ms - bottom) / (top - bottom);

/** Names stand on the lines' right ends, moved apart where they would overlap. */
function LineNames({ figures, axis }: { figures: readonly LaneFigures[]; axis: Axis }) {
  const named = figures.filter(({ steady }) => steady !== null);
  const plot = HEIGHT - AXIS_HEIGHT - MARGIN.top;
  const wanted = named.map(
    ({ steady }) => MARGIN.top + plot * (1 - share(axis, steady?.median ?? axis.top)) - 6,
  );
  const places = spreadApart(wanted, LABEL_GAP, MARGIN.top + 8, HEIGHT - AXIS_HEIGHT - 4);
  return named.map(({ lane }, i) => (
    <text
      key={lane.id}
      x="100%"
      dx={-MARGIN.right - 2}
      y={places[i]}
      textAnchor="end"
      fontSize={11}
      fontWeight={600}
      fill={laneStyle(lane).colour}
      stroke="var(--card)"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {laneTitle(lane)}
    </text>
  ));
}

function describe(figures: readonly LaneFigures[]): string {
  const parts = figures.flatMap(({ lane, steady }) =>
    steady ? [`${laneTitle(lane)} at ${duration(steady.median)}`] : [],
  );
  return `Latency per inference over the rounds: ${parts.join(', ') || 'warming up'}.`;
}

interface LatencyChartProps {
  readonly record: RaceRecord;
  readonly figures: readonly LaneFigures[];
}

/** A line per lane, live; the shaded rounds are warming and in no figure. */
export const LatencyChart = memo(function LatencyChart({ record, figures }: LatencyChartProps) {
  const rows = latencyRows(record.lanes, MOST_POINTS);
  if (rows.length === 0) return null;
  const axis = axisFor(rows, figures);
  const over = rows.filter(({ ms }) => Object.values(ms).some((value) => value > axis.top)).length;
  const warming = Math.max(...figures.map(({ steadyAt }) => steadyAt));
  const last = rows.at(-1)?.round ?? 1;
  return (
    <>
      <ChartFrame height={HEIGHT} says={describe(figures)}>
        <LineChart data={rows} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke={GRID} />
          {warming > 0 && (
            <ReferenceArea
              x1={1}
              x2={Math.min(warming, last)}
              fill="var(--band)"
              fillOpacity={1}
              label={{ value: 'warming', position: 'insideTopLeft', ...TICK }}
            />
          )}
          <XAxis
            dataKey="round"
            type="number"
            domain={[1, Math.max(2, last)]}
            height={AXIS_HEIGHT}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            tickFormatter={(round) => `round ${round}`}
            minTickGap={60}
            interval="preserveStartEnd"
          />
          <YAxis
            type="number"
            scale={axis.log ? 'log' : 'linear'}
            domain={[axis.bottom, axis.top]}
            allowDataOverflow
            width={AXIS_WIDTH}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            tickFormatter={figure}
          />
          {figures.map(({ lane }) => {
            const { colour, dash } = laneStyle(lane);
            return (
              <Line
                key={lane.id}
                dataKey={(row: LatencyRow) => row.ms[lane.id]}
                name={laneTitle(lane)}
                stroke={colour}
                strokeWidth={1.7}
                strokeDasharray={dash}
                dot={false}
                activeDot={false}
                connectNulls
                isAnimationActive={false}
              />
            );
          })}
          <LineNames figures={figures} axis={axis} />
        </LineChart>
      </ChartFrame>
      <p className={styles['note']}>
        {axis.log ? 'The time axis is logarithmic. ' : ''}
        {over > 0 ? `${over} of ${rows.length} points spike above the chart. ` : ''}
        Each point is a median; shaded rounds are warming and in no figure.
      </p>
    </>
  );
});
