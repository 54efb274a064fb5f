import { memo } from 'react';
import type { Rail, RailRow } from '../../core/inspect/nodes/rails.ts';
import { precisionOfType } from '../../core/inspect/precision.ts';
import { TONES } from './nodeTone.ts';
import styles from './RailsDrawing.module.css';

/** Sizes of the drawing; columns from `most` on share one dashed line. */
export interface RailSize {
  readonly pitch: number;
  readonly most: number;
  /** Columns that the model needs at its fullest place. */
  readonly columns: number;
}

const DOT = 4;
/** Room for "+12" where there are more columns than are drawn. */
const MORE = 26;

export const railsWidth = ({ pitch, most, columns }: RailSize): number =>
  Math.max(1, Math.min(columns, most)) * pitch + (columns > most ? pitch + MORE : 0) + 4;

interface RailsDrawingProps {
  readonly row: RailRow;
  readonly rails: readonly Rail[];
  readonly size: RailSize;
  readonly height: number;
  readonly tone: string;
  /** Computed at load, an input or an output: drawn as a ring. */
  readonly open: boolean;
}

/** One row's piece of the drawing: what passes, what comes in from above, what goes out below. */
export const RailsDrawing = memo(function RailsDrawing(props: RailsDrawingProps) {
  const { row, rails, size, height, tone, open } = props;
  const { pitch, most } = size;
  const middle = height / 2;
  const x = (column: number) => (Math.min(column, most) + 0.5) * pitch + 2;
  const own = x(row.column);
  const paths = new Map<string, string>();
  const draw = (rail: number, path: (column: number) => string) => {
    const { column, link } = rails[rail] as Rail;
    const key = column >= most ? '' : TONES[precisionOfType(link.type)];
    paths.set(key, `${paths.get(key) ?? ''}${path(x(column))}`);
  };
  for (const rail of row.through) draw(rail, (at) => `M${at} 0v${height}`);
  for (const rail of row.ins) {
    if (!row.ending.includes(rail)) draw(rail, (at) => `M${at} 0v${height}`);
    draw(rail, (at) => `M${at} 0C${at} ${middle * 0.7} ${own} ${middle * 0.3} ${own} ${middle}`);
  }
  for (const rail of row.outs) {
    draw(
      rail,
      (at) =>
        `M${own} ${middle}C${own} ${height - middle * 0.3} ${at} ${height - middle * 0.7} ${at} ${height}`,
    );
  }
  const beyond = beyondOf(row, rails, most);
  const width = railsWidth(size);
  return (
    <svg
      className={styles['rails']}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      {beyond > 0 && !paths.has('') && (
        <path className={styles['beyond']} d={`M${x(most)} 0v${height}`} />
      )}
      {[...paths].map(([colour, path]) => (
        <path
          key={colour}
          d={path}
          className={styles[colour === '' ? 'beyond' : 'rail']}
          stroke={colour || undefined}
        />
      ))}
      <circle
        cx={own}
        cy={middle}
        r={DOT}
        fill={open ? 'var(--card)' : tone}
        stroke={tone}
        strokeWidth="1.8"
      />
      {beyond > 0 && (
        <text x={x(most) + 6} y={middle + 4} className={styles['more']}>
          +{beyond}
        </text>
      )}
    </svg>
  );
});

/** Rails that live here in columns that are not drawn. */
function beyondOf(
  { through, ins, ending, outs, living }: RailRow,
  rails: readonly Rail[],
  most: number,
): number {
  const shown = (places: readonly number[]) =>
    places.filter((place) => (rails[place]?.column ?? 0) < most).length;
  const pass = shown(through) + shown(ins);
  return Math.max(0, living - Math.max(pass, pass - shown(ending) + shown(outs)));
}
