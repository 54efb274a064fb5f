import { Fault } from '../errors.ts';
import type { AnyFound, SampleTable, TableRow } from '../modes/found.ts';
import { foundKind, modeKinds, reportNoun } from '../modes/register.ts';
import { COMMON_COLUMNS, splitRows } from './csvForm.ts';
import type { Report } from './report.ts';

const HINT = 'Import the JSON of the report instead: it holds everything.';

interface ReadableTable {
  /** "a race" */
  readonly of: string;
  readonly columns: readonly string[];
  readonly read: NonNullable<SampleTable<AnyFound>['read']>;
}

/** Tables that tell enough to be read back. */
const readableTables = (): ReadableTable[] =>
  modeKinds().flatMap(({ kind, report }) => {
    if (!report) return [];
    const { columns, read } = foundKind(kind).table;
    if (!read) return [];
    return [{ of: `a ${reportNoun(kind)}`, columns: [...COMMON_COLUMNS, ...columns], read }];
  });

function rowOf(cells: readonly string[], { of, columns }: ReadableTable, line: number): TableRow {
  if (cells.length !== columns.length) {
    throw new Fault(
      'ReportError',
      `Line ${line} has ${cells.length} cells; a table of ${of} has ${columns.length}.`,
    );
  }
  return { line, cells: Object.fromEntries(columns.map((name, i) => [name, cells[i] as string])) };
}

/** @throws Fault ReportError for the first row of another report */
function* ofReport(rows: Iterable<TableRow>, report: string): Generator<TableRow> {
  for (const row of rows) {
    const { report: named } = row.cells;
    if (named !== report) {
      throw new Fault(
        'ReportError',
        `Line ${row.line}: report is "${named}" but must be ${report}.`,
      );
    }
    yield row;
  }
}

/**
 * Reads a report back from the table that `writeCsv` wrote: lanes and samples, and nothing else.
 * What it does not tell (conditions, answers, memory) the report does not claim to know.
 * @throws Fault ReportError with the line and what is wrong there
 */
export function readCsv(text: string): Report {
  // Spreadsheets put a byte order mark before the first cell.
  const rows = splitRows(text.replace(/^\uFEFF/, ''));
  if (!rows) throw new Fault('ReportError', 'A quotation mark in the table is never closed.');
  const [head, ...lines] = rows;
  const tables = readableTables();
  const table = tables.find(({ columns }) => columns.join() === head?.join());
  if (!table) {
    const seen = head?.join().slice(0, 80) ?? '';
    const known = tables.map(({ of }) => of).join(' or ');
    throw new Fault(
      'ReportError',
      `Its first line is "${seen}", which is not that of ${known}. ${HINT}`,
    );
  }
  const rowsOf = function* (): Generator<TableRow> {
    for (const [i, cells] of lines.entries()) {
      if (cells.length === 1 && cells[0] === '') continue;
      yield rowOf(cells, table, i + 2);
    }
  };
  const { value: first } = rowsOf().next();
  if (!first) throw new Fault('ReportError', 'The table has no samples.');
  const { report = '', started = '', model: title = '' } = first.cells;
  const { found, model } = table.read(ofReport(rowsOf(), report), title);
  const startedAt = new Date(started);
  if (Number.isNaN(startedAt.getTime())) {
    throw new Fault('ReportError', `Line 2: started is "${started}" but must be a date and time.`);
  }
  return {
    // Beside the report that the table was made from, which knows more.
    id: `table-${report}`.replaceAll(/[^\w-]/g, '-').slice(0, 64),
    startedAt: startedAt.toISOString(),
    endedAt: null,
    status: 'done',
    error: null,
    conditions: null,
    model,
    found,
    verdicts: [],
    selfTest: null,
    note: '',
  };
}
