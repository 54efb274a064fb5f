import { steadyFrom } from '../stats/steady.ts';
import { BACKENDS, joinRow, RACE_COLUMNS } from './csvForm.ts';
import type { Found, Report } from './report.ts';

type Cell = string | number | boolean;

/** What is the same in every row: whose samples these are. */
const commonCells = ({ id, startedAt, model }: Report): Cell[] => [id, startedAt, model.title];

function* raceRows(report: Report, found: Found & { kind: 'race' }): Generator<readonly Cell[]> {
  const common = commonCells(report);
  for (const { lane, turns, excluded } of found.record.lanes) {
    const { variant, backend, id, reference } = lane;
    const threads = backend.kind === 'wasm' ? backend.threads : '';
    const about = [
      ...common,
      id,
      variant.title,
      variant.precision,
      variant.bytes,
      BACKENDS[backend.kind],
      threads,
      reference,
    ];
    const steady = steadyFrom(turns.map(({ median }) => median));
    for (const [i, { round, at, batch, ms }] of turns.entries()) {
      const phase = i < steady ? 'warming' : 'steady';
      for (const sample of ms) yield [...about, round, at, batch, sample, phase, ''];
    }
    for (const { round, why } of excluded) yield [...about, round, '', '', '', '', why];
  }
}

const LANE = ['report', 'started', 'model', 'lane'] as const;

function* rowsOf(report: Report): Generator<readonly Cell[]> {
  const { found } = report;
  if (found.kind === 'race') {
    yield RACE_COLUMNS;
    yield* raceRows(report, found);
    return;
  }
  const about = [...commonCells(report), found.record.lane.id];
  switch (found.kind) {
    case 'sustained':
      yield [...LANE, 'slice_end_ms', 'batch', 'ms'];
      for (const { at, batch, ms } of found.record.slices) {
        for (const sample of ms) yield [...about, at, batch, sample];
      }
      break;
    case 'load':
      yield [...LANE, 'arrivals', 'per_second', 'clients', 'arrived_ms', 'started_ms', 'ended_ms'];
      for (const { arrivals, arrived, started, ended } of found.record.points) {
        const rate = arrivals.kind === 'open' ? arrivals.perSecond : '';
        const clients = arrivals.kind === 'closed' ? arrivals.clients : '';
        for (const [i, come] of arrived.entries()) {
          const served = [started[i] ?? '', ended[i] ?? ''];
          yield [...about, arrivals.kind, rate, clients, come, ...served];
        }
      }
      break;
    case 'batches':
      yield [...LANE, 'batch', 'ms', 'error'];
      for (const { batch, ms, error } of found.record.points) {
        for (const sample of ms) yield [...about, batch, sample, ''];
        if (error) yield [...about, batch, '', error.message];
      }
      break;
    default:
      found satisfies never;
  }
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
