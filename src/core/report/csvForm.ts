/** The form of a table of samples: quoting by RFC 4180, and the columns of a race. */
import type { Backend } from '../race/lane.ts';

export const RACE_COLUMNS = [
  'report',
  'started',
  'model',
  'lane',
  'variant',
  'precision',
  'bytes',
  'backend',
  'threads',
  'reference',
  'round',
  'at_ms',
  'batch',
  'ms',
  'phase',
  'excluded',
] as const;

export type RaceColumn = (typeof RACE_COLUMNS)[number];

export const BACKENDS: Readonly<Record<Backend['kind'], string>> = {
  wasm: 'WASM',
  webgpu: 'WebGPU',
};

/** One line with its end; numbers as JavaScript writes them, which is exact. */
export const joinRow = (cells: readonly (string | number | boolean)[]): string =>
  `${cells.map(quoted).join(',')}\r\n`;

function quoted(cell: string | number | boolean): string {
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
