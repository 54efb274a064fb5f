import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Lane } from '../../core/race/lane.ts';
import { MarkShape } from '../parts/MarkShape.tsx';
import { useLaneLook } from '../parts/wrongLanes.tsx';

/** Marks on each line: few enough to see the line. */
const MARKS = 4;

export interface MarkedLine {
  readonly lane: Lane;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** The lanes' marks along their lines, each line's between those of the others. */
export function LineMarks({ lines }: { readonly lines: readonly MarkedLine[] }) {
  const look = useLaneLook();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (!x || !y || !plot) return null;
  return lines.flatMap(({ lane, points }, i) =>
    Array.from({ length: Math.min(MARKS, points.length) }, (_, mark) => {
      const share = (mark + (i + 0.5) / lines.length) / Math.min(MARKS, points.length);
      const point = points[Math.floor(share * points.length)];
      const [across = 0, up = 0] = point ? [x(point.x), y(point.y)] : [];
      if (!point || up < plot.y || up > plot.y + plot.height) return null;
      return <MarkShape key={`${lane.id} ${mark}`} {...look(lane)} x={across} y={up} />;
    }),
  );
}
