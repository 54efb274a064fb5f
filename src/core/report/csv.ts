import type { TableCell } from '../modes/found.ts';
import { foundKind } from '../modes/register.ts';
import { COMMON_COLUMNS, joinRow } from './csvForm.ts';
import type { Report } from './report.ts';

function* rowsOf({ id, startedAt, model, found }: Report): Generator<readonly TableCell[]> {
  const { columns, rows } = foundKind(found.kind).table;
  const common = [id, startedAt, model.title];
  yield [...COMMON_COLUMNS, ...columns];
  for (const row of rows(found)) yield [...common, ...row];
}

/** Some thousand lines at a time, since a string of all of them may be too long for a browser. */
const LINES_PER_PART = 5000;

/**
 * A report's samples as a table, one row per sample, times in milliseconds (RFC 4180). Everything
 * else that a report holds is in its JSON only.
 * @returns the text in parts, to be written one after the other
 */
export function* writeCsv(report: Report): Generator<string> {
  let lines: string[] = [];
  for (const row of rowsOf(report)) {
    lines.push(joinRow(row));
    if (lines.length < LINES_PER_PART) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}
