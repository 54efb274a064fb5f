import type { ReactNode } from 'react';
import { BarChart, XAxis, YAxis } from 'recharts';
import { figure } from '../../core/format.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import { forText } from '../parts/textSize.ts';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import { niceTicks } from './ticks.ts';

/** Heights of a horizontal bar's row: the lane's name stands above its bar. */
export const BAR_ROW = { row: forText(40), bar: forText(11) } as const;
const AXIS_HEIGHT = forText(22);

export interface BarRow {
  readonly lane: Lane;
  /** The bar's value with its unit. */
  readonly value: string;
}

interface RowsProps {
  readonly rows: readonly BarRow[];
}

const printed = (rows: readonly BarRow[]) =>
  JSON.stringify(rows.map(({ lane, value }) => [lane.id, value]));

/** For `memo`: bars are drawn anew only when a printed value changes. */
export const samePrinted = (before: RowsProps, now: RowsProps): boolean =>
  printed(before.rows) === printed(now.rows);

/** Names and values above the bars, where they have the whole width. */
function BarNames({ rows }: RowsProps) {
  const look = useLaneLook();
  return rows.map(({ lane, value }, i) => (
    <text
      key={lane.id}
      x={MARGIN.left + 2}
      y={MARGIN.top + BAR_ROW.row * (i + 0.5) - BAR_ROW.bar / 2 - 5}
      fontSize={forText(11)}
      fill="var(--ink)"
    >
      <tspan fontWeight={600} fill={look(lane).colour}>
        {look(lane).title}
      </tspan>{' '}
      {value}
    </text>
  ));
}

interface LaneBarsProps extends RowsProps {
  /** What the values are, for those who do not see the bars. */
  readonly what: string;
  /** The axis' ends. */
  readonly low: number;
  readonly high: number;
  readonly logarithmic?: boolean;
  /** One recharts `Bar` or several on top of each other. */
  readonly children: ReactNode;
}

/** A row per lane on one axis: the lane's name and value, and its bar below. */
export function LaneBars({ rows, what, low, high, logarithmic = false, children }: LaneBarsProps) {
  const says = rows.map(({ lane, value }) => `${laneTitle(lane)} ${value}`);
  return (
    <ChartFrame
      height={rows.length * BAR_ROW.row + AXIS_HEIGHT + MARGIN.top}
      says={`${what}: ${says.join(', ')}.`}
    >
      <BarChart data={[...rows]} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
        <XAxis
          type="number"
          scale={logarithmic ? 'log' : 'linear'}
          domain={[low, high]}
          ticks={niceTicks(low, high, logarithmic)}
          interval={0}
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          height={AXIS_HEIGHT}
          tickFormatter={figure}
        />
        <YAxis type="category" dataKey="lane.id" hide />
        {children}
        <BarNames rows={rows} />
      </BarChart>
    </ChartFrame>
  );
}
