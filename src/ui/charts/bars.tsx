import type { Lane } from '../../core/race/lane.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { laneStyle } from '../laneStyle.ts';
import { MARGIN } from './frame.tsx';

/** Heights of a horizontal bar's row: the lane's name stands above its bar. */
export const BAR_ROW = { row: 40, bar: 11 } as const;
const AXIS = 22;

export const rowsHeight = (rows: number): number => rows * BAR_ROW.row + AXIS + MARGIN.top;

/** Names above the bars, where they have the whole width. */
export function LaneAxisNames({ lanes }: { lanes: readonly Lane[] }) {
  return lanes.map((lane, i) => (
    <text
      key={lane.id}
      x={MARGIN.left + 2}
      y={MARGIN.top + BAR_ROW.row * (i + 0.5) - BAR_ROW.bar / 2 - 4}
      fontSize={11}
      fontWeight={600}
      fill={laneStyle(lane).colour}
    >
      {laneTitle(lane)}
    </text>
  ));
}
