import type { LaneLine } from '../../core/backends/backend.ts';
import type { Shape } from '../../core/race/looks.ts';

/** Outlines around 0,0, some ten pixels wide, of about the same weight to the eye. */
const OUTLINES: Readonly<Record<Shape, string>> = {
  disc: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  square: 'M-3.6-3.6h7.2v7.2h-7.2z',
  triangle: 'M0-4.8L4.8 3.7h-9.6z',
  diamond: 'M0-5L5 0L0 5L-5 0z',
  plus: 'M-1.6-4.8h3.2v3.2h3.2v3.2h-3.2v3.2h-3.2v-3.2h-3.2v-3.2h3.2z',
  hourglass: 'M-4.4-4.4h8.8L1.3 0l3.1 4.4h-8.8L-1.3 0z',
  wedge: 'M0 4.8L-4.8-3.7h9.6z',
  star: 'M0-5.4l1.5 3.5l3.8.3l-2.9 2.5l.9 3.7L0 2.6l-3.3 2l.9-3.7l-2.9-2.5l3.8-.3z',
};

interface MarkShapeProps {
  readonly shape: Shape;
  readonly fill: LaneLine['fill'];
  readonly colour: string;
  /** Where its middle stands. */
  readonly x?: number;
  readonly y?: number;
}

/** A lane's mark, in an SVG. */
export function MarkShape({ shape, fill, colour, x = 0, y = 0 }: MarkShapeProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d={OUTLINES[shape]}
        fill={fill === 'full' ? colour : 'var(--card)'}
        stroke={colour}
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      {fill === 'dotted' && <circle r="1.5" fill={colour} />}
    </g>
  );
}
