import styles from './Figures.module.css';
import { Term } from './Term.tsx';

export interface OneFigure {
  readonly id: string;
  readonly title: string;
  /** A sentence for those who do not know the title's word. */
  readonly explains: string;
  readonly value: string;
  /** How it came about, or what it is of. */
  readonly note?: string | undefined;
}

/** A few figures, each with its name above and what it is of below. */
export function Figures({ figures }: { figures: readonly OneFigure[] }) {
  return (
    <dl className={styles['figures']}>
      {figures.map(({ id, title, explains, value, note }) => (
        <div key={id} data-figure={id}>
          <dt>
            <Term explains={explains}>{title}</Term>
          </dt>
          <dd>
            {value}
            {note && <span className={styles['note']}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
