import { type CSSProperties, Fragment } from 'react';
import type { Lane } from '../../core/race/lane.ts';
import { LaneMark } from '../parts/LaneMark.tsx';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import styles from './Stack.module.css';

/** How a part is filled; neighbours differ, all in the lane's colour. */
export type Fill = 'solid' | 'strong' | 'light' | 'pale' | 'shaded';

export interface StackPart {
  readonly key: string;
  /** Stands in the part where there is room for it. */
  readonly title: string;
  readonly size: number;
  readonly fill: Fill;
}

export interface StackRow {
  readonly lane: Lane;
  /** Beside the lane's name: the figure that the whole bar stands for. */
  readonly value: string;
  readonly parts: readonly StackPart[];
  /** Where a thin line crosses the bar. */
  readonly mark?: number;
  /** Below the bar: all parts with their figures, and what else there is to say. */
  readonly notes: readonly string[];
}

interface StackProps {
  readonly rows: readonly StackRow[];
  /** What the bars show, for those who do not see them. */
  readonly what: string;
  /** What fills the whole width; the same for all rows. */
  readonly whole: number;
}

const widthOf = (size: number, whole: number): CSSProperties => ({
  width: `${(100 * size) / whole}%`,
});

/** A row per lane on one scale from zero: its name and figure, its parts end to end, their figures. */
export function Stack({ rows, what, whole }: StackProps) {
  const look = useLaneLook();
  return (
    <ul className={styles['rows']} aria-label={what}>
      {rows.map(({ lane, value, parts, mark, notes }) => (
        <li
          key={lane.id}
          data-stack={lane.id}
          style={{ '--lane': look(lane).colour } as CSSProperties}
        >
          <p className={styles['name']}>
            <LaneMark lane={lane} />
            <b>{look(lane).title}</b> {value}
          </p>
          <div className={styles['bar']} aria-hidden="true">
            {parts.map(({ key, title, size, fill }) => (
              <span
                key={key}
                className={styles['part']}
                data-fill={fill}
                style={widthOf(size, whole)}
              >
                <span>{title}</span>
              </span>
            ))}
            {mark !== undefined && (
              <span className={styles['mark']} style={{ left: `${(100 * mark) / whole}%` }} />
            )}
          </div>
          <p className={styles['notes']}>
            {notes.map((note, i) => (
              <Fragment key={note}>
                {i > 0 && ' · '}
                <span>{note}</span>
              </Fragment>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
