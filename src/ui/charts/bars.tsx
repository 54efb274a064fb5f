import type { Lane } from '../../core/race/lane.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { laneStyle } from '../laneStyle.ts';
import { MARGIN } from './frame.tsx';

/** Heights of a horizontal bar's row: the lane's name stands above its bar. */
export const BAR_ROW = { row: 40, bar: 11 } as const;
const AXIS = 22;

export const rowsHeight = (rows: number): number => rows * BAR_ROW.row + AXIS + MARGIN.top;

export interface BarName {
  readonly lane: Lane;
  /** The bar's value with its unit. */
  readonly value: string;
}

/** Names and values above the bars, where they have the whole width. */
export function BarNames({ bars }: { bars: readonly BarName[] }) {
  return bars.map(({ lane, value }, i) => (
    <text
      key={lane.id}
      x={MARGIN.left + 2}
      y={MARGIN.top + BAR_ROW.row * (i + 0.5) - BAR_ROW.bar / 2 - 5}
      fontSize={11}
      fill="var(--ink)"
    >
      <tspan fontWeight={600} fill={laneStyle(lane).colour}>
        {laneTitle(lane)}
      </tspan>{' '}
      {value}
    </text>
  ));
}
