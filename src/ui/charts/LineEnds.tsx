import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { spreadApart } from './spread.ts';

const GAP = 14;

/** A name, and the point of its line that it stands beside. */
export interface LineEnd {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly strong?: boolean;
}

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
  return ends.map(({ name, x: at, colour, strong }, i) => (
    <text
      key={name}
      x={Math.min(x(at) ?? 0, plot.x + plot.width)}
      y={places[i]}
      textAnchor="end"
      fontSize={11}
      fontWeight={strong ? 600 : 450}
      fill={colour}
      stroke="var(--card)"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {name}
    </text>
  ));
}
