import type { ReactNode } from 'react';
import styles from './FoldingTable.module.css';
import { Term } from './Term.tsx';

export interface Heading {
  readonly key: string;
  readonly title: string;
  /** How its figures are obtained; absent where the title says it. */
  readonly explains?: string;
}

interface FoldingTableProps {
  readonly caption: string;
  /** Where the caption is not only for those who do not see that the table stands alone. */
  readonly shown?: boolean;
  /** The first one is the rows' names'. */
  readonly headings: readonly Heading[];
  /** Rows, whose cells say their heading in `data-title`: it stands above them where the table is folded. */
  readonly children: ReactNode;
}

/**
 * A table of figures that turns each row into a card where there is little room. Of a row with
 * `data-open` only the cells with `data-always` are then shown until it is opened.
 */
export function FoldingTable({ caption, shown = false, headings, children }: FoldingTableProps) {
  return (
    <div className={styles['room']}>
      <table className={styles['table']}>
        <caption className={styles[shown ? 'title' : 'caption']}>{caption}</caption>
        <thead>
          <tr>
            {headings.map(({ key, title, explains }) => (
              <th key={key} scope="col">
                {explains ? <Term explains={explains}>{title}</Term> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
