import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, XAxis, YAxis } from 'recharts';
import { duration, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { latencyRows } from '../../core/report/series.ts';
import { laneStyle } from '../laneStyle.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
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

/** From zero, unless the lanes lie so far apart that only ratios can be shown. */
function axisFor(values: readonly number[]): Axis {
  const high = Math.max(...values);
  const low = Math.min(...values);
  const log = high / low > 20;
  return { top: high * 1.08, bottom: log ? low * 0.8 : 0, log };
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
  const values = rows.flatMap(({ ms }) => Object.values(ms));
  if (values.length === 0) return null;
  const axis = axisFor(values);
  const warming = Math.max(...figures.map(({ steadyAt }) => steadyAt));
  const last = rows.at(-1)?.round ?? 1;
  return (
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
          label={{
            value: axis.log ? 'ms, logarithmic' : 'ms',
            position: 'insideTopLeft',
            offset: -2,
            dx: 46,
            ...TICK,
          }}
        />
        {figures.map(({ lane }) => {
          const { colour, dash } = laneStyle(lane);
          return (
            <Line
              key={lane.id}
              dataKey={(row: (typeof rows)[number]) => row.ms[lane.id]}
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
  );
});
