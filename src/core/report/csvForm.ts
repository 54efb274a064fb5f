/** The form of a table of samples: quoting by RFC 4180, and the columns of all. */
import type { TableCell } from '../modes/found.ts';

/** In every table: whose samples these are. */
export const COMMON_COLUMNS = ['report', 'started', 'model'] as const;

/** One line with its end; numbers as JavaScript writes them, which is exact. */
export const joinRow = (cells: readonly TableCell[]): string =>
  `${cells.map(quoted).join(',')}\r\n`;

function quoted(cell: TableCell): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Splits a table into rows of cells; line ends of any kind, quotes doubled within quotes.
 * @returns null where a quote is never closed
 */
export function splitRows(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell, quoted or plain, and what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) return null;
    const [, inQuotes, plain = '', end] = match;
    row.push(inQuotes?.replaceAll('""', '"') ?? plain);
    if (end === ',') {
      // A comma at the very end still has an empty cell after it.
      if (cell.lastIndex === text.length) row.push('');
      else continue;
    }
    rows.push(row);
    row = [];
  }
  return rows;
}
