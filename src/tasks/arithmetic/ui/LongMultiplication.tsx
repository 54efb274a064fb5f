import type { Cell, Row, Written } from '../core/layout.ts';
import type { Problem } from '../core/problem.ts';
import styles from './LongMultiplication.module.css';

interface LongMultiplicationProps {
  readonly problem: Problem;
  readonly digits: number;
  readonly rows: readonly Row[];
}

function Character({ written }: { readonly written: Written }) {
  if (written.instead === null) return written.character;
  return (
    <>
      <del>{written.character}</del>
      <ins>{written.instead}</ins>
    </>
  );
}

function Place({ cell: { digit, carry } }: { readonly cell: Cell }) {
  return (
    <td data-wrong={Boolean(digit?.instead ?? carry?.instead)}>
      {carry && (
        <sup>
          <Character written={carry} />
        </sup>
      )}
      {digit && <Character written={digit} />}
    </td>
  );
}

/** A factor, as far right as it can stand. */
function Factor({ sign, value, width }: { sign: string; value: number; width: number }) {
  const places = [...String(value).padStart(width)].map((character, i) => ({
    character,
    column: width - i,
  }));
  return (
    <tr>
      <th scope="row">{sign}</th>
      {places.map(({ character, column }) => (
        <td key={column}>{character.trim()}</td>
      ))}
      <td />
    </tr>
  );
}

/** What a row is, beside it. */
function about({ kind, place }: Row, { a, b }: Problem, digits: number): string {
  if (kind === 'sum') return place === digits - 1 ? 'the answer' : 'sum so far';
  if (kind === 'answer') return '';
  return `${a} × ${Math.floor(b / 10 ** place) % 10}`;
}

/** A multiplication as it is done on paper, with what is wrong struck out and the right figure beside it. */
export function LongMultiplication({ problem, digits, rows }: LongMultiplicationProps) {
  const width = 2 * digits;
  return (
    <table className={styles['paper']}>
      <caption>
        {problem.a} × {problem.b} on paper
      </caption>
      <tbody>
        <Factor sign="" value={problem.a} width={width} />
        <Factor sign="×" value={problem.b} width={width} />
        {rows.map((row) => (
          <tr key={`${row.kind}${row.place}`} data-kind={row.kind} data-first={row.place === 0}>
            <th scope="row">{row.kind === 'product' && row.place > 0 ? '+' : ''}</th>
            {row.cells.map((cell, i) => (
              <Place key={width - i} cell={cell} />
            ))}
            <td>{about(row, problem, digits)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
