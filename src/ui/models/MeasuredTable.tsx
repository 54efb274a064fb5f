import { count, isFew, shareOf } from '../../core/format.ts';
import type { CardFigure } from '../../core/models/card.ts';
import styles from './ModelPage.module.css';

function Share({ some, of }: { readonly some: number; readonly of: number }) {
  if (isFew(of)) return shareOf(some, of);
  return (
    <>
      {shareOf(some, of)}
      <span className={styles['of']}>
        {count(some)} of {count(of)}
      </span>
    </>
  );
}

/** One measurement: a row for each condition, a column for each variant. */
export function MeasuredTable({
  measured: { title, data, columns, rows },
}: {
  measured: CardFigure;
}) {
  return (
    <div className={styles['measured']}>
      <h3>{title}</h3>
      <p>{data}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: six variants do not fit on a phone, and keys must scroll too */}
      <section className={styles['scroll']} aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={columns[i]}>{cell ? <Share some={cell[0]} of={cell[1]} /> : '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
