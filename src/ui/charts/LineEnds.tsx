import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { LaneStyle } from '../parts/laneStyle.ts';
import { MarkShape } from '../parts/MarkShape.tsx';
import { forText } from '../parts/textSize.ts';
import { spreadApart } from './spread.ts';

const GAP = forText(14);
/** Width of a mark behind a name. */
const MARK = forText(14);

/** A name, and the point of its line that it stands beside. */
export interface LineEnd {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly strong?: boolean;
  /** The mark of the lane whose line it is. */
  readonly mark?: Pick<LaneStyle, 'shape' | 'fill'>;
}

/** How tall a plot must be for that many names not to overlap. */
export const roomForEnds = (names: number): number => GAP * (names + 1);

/** Names at the lines' right ends, above them, moved apart where they would overlap. */
export function LineEnds({ ends }: { ends: readonly LineEnd[] }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (!x || !y || !plot) return null;
  const places = spreadApart(
    ends.map((end) => (y(end.y) ?? 0) - 7),
    GAP,
    plot.y + 10,
    plot.y + plot.height - 5,
  );
  return ends.map(({ name, x: at, colour, strong, mark }, i) => {
    const right = Math.min(x(at) ?? 0, plot.x + plot.width);
    return (
      <g key={name}>
        <text
          x={mark ? right - MARK : right}
          y={places[i]}
          textAnchor="end"
          fontSize={forText(11)}
          fontWeight={strong ? 600 : 450}
          fill={colour}
          stroke="var(--card)"
          strokeWidth={3}
          paintOrder="stroke"
        >
          {name}
        </text>
        {mark && (
          <MarkShape {...mark} colour={colour} x={right - MARK / 2} y={(places[i] ?? 0) - 4} />
        )}
      </g>
    );
  });
}
