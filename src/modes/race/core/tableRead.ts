import type { Backend } from '../../../core/backends/backend.ts';
import { backendKind, backendTitles, titledBackend } from '../../../core/backends/backends.ts';
import { Fault } from '../../../core/errors.ts';
import type { Model, Precision, Variant } from '../../../core/models/model.ts';
import type { TableRow } from '../../../core/modes/found.ts';
import type { Disturbance } from '../../../core/race/events.ts';
import type { RaceFound } from '../../../core/race/found.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { emptyLane, type LaneRecord, type LaneTurn } from '../../../core/race/record.ts';
import { steppedMedian } from '../../../core/stats/quantiles.ts';
import { unknownModelTask } from '../../../core/tasks/register.ts';
import type { RaceColumn } from './columns.ts';

type Row = Readonly<Record<RaceColumn, string>>;

const PRECISIONS: readonly Precision[] = ['fp32', 'fp16', 'int8', 'int4', 'unknown'];
const WHYS: readonly Disturbance[] = ['hidden', 'clock'];

/** One lane as its rows come in. */
interface Reading {
  readonly lane: Lane;
  readonly turns: { round: number; at: number; batch: number; ms: number[] }[];
  readonly excluded: { readonly round: number; readonly why: Disturbance }[];
}

/**
 * Reads a race back from its rows: lanes and samples, and nothing else.
 * @throws Fault ReportError with the line and what is wrong there
 */
export function readRace(rows: Iterable<TableRow>, title: string) {
  const lanes = new Map<string, Reading>();
  for (const { cells, line } of rows) readRow(cells as Row, line, lanes);
  return raceFrom(title, [...lanes.values()]);
}

const wrong = (line: number, column: RaceColumn, value: string, expected: string): Fault =>
  new Fault('ReportError', `Line ${line}: ${column} is "${value}" but must be ${expected}.`);

function numberIn(row: Row, column: RaceColumn, line: number, whole = false): number {
  const text = row[column];
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value < 0 || (whole && !Number.isInteger(value))) {
    throw wrong(line, column, text, whole ? 'a whole number' : 'a number of 0 or more');
  }
  return value;
}

function oneOf<T extends string>(all: readonly T[], row: Row, column: RaceColumn, line: number): T {
  const found = all.find((each) => each === row[column]);
  if (found === undefined) throw wrong(line, column, row[column], all.join(', '));
  return found;
}

function readRow(row: Row, line: number, lanes: Map<string, Reading>): void {
  let reading = lanes.get(row.lane);
  if (!reading) {
    reading = { lane: laneOf(row, line), turns: [], excluded: [] };
    lanes.set(row.lane, reading);
  }
  const round = numberIn(row, 'round', line, true);
  if (row.excluded !== '') {
    reading.excluded.push({ round, why: oneOf(WHYS, row, 'excluded', line) });
    return;
  }
  const at = numberIn(row, 'at_ms', line);
  const batch = numberIn(row, 'batch', line, true);
  if (batch < 1) throw wrong(line, 'batch', row.batch, 'at least 1');
  const ms = numberIn(row, 'ms', line);
  const last = reading.turns.at(-1);
  // Each turn ended at a moment of its own.
  if (last?.round === round && last.at === at) last.ms.push(ms);
  else reading.turns.push({ round, at, batch, ms: [ms] });
}

function backendOf(row: Row, line: number): Backend {
  const title = oneOf(backendTitles(), row, 'backend', line);
  const backend = titledBackend(title);
  return backendKind(backend).threaded
    ? { ...backend, threads: numberIn(row, 'threads', line, true) }
    : backend;
}

function laneOf(row: Row, line: number): Lane {
  const backend = backendOf(row, line);
  const variant: Variant = {
    id: row.variant,
    title: row.variant,
    precision: oneOf(PRECISIONS, row, 'precision', line),
    bytes: numberIn(row, 'bytes', line),
    source: { kind: 'dropped', file: row.variant },
  };
  const reference = oneOf(['true', 'false'], row, 'reference', line) === 'true';
  return { id: row.lane, variant, backend, reference };
}

function laneRecord({ lane, turns, excluded }: Reading): LaneRecord {
  const timed = turns.map(({ ms, ...turn }): LaneTurn => {
    const samples = Float64Array.from(ms);
    return { ...turn, ms: samples, median: steppedMedian(samples) };
  });
  const batch = Math.max(1, ...timed.map((turn) => turn.batch));
  return { ...emptyLane(lane), state: { name: 'finished' }, turns: timed, batch, excluded };
}

function raceFrom(
  title: string,
  lanes: readonly Reading[],
): { readonly found: RaceFound; readonly model: Model } {
  if (lanes.filter(({ lane }) => lane.reference).length > 1) {
    throw new Fault('ReportError', 'Two lanes of the table claim to be the reference.');
  }
  const variants = [...new Map(lanes.map(({ lane }) => [lane.variant.id, lane.variant])).values()];
  const task = unknownModelTask();
  const model = { id: 'table', title, sentence: 'Read from a table of samples.', task, variants };
  const found: RaceFound = {
    kind: 'race',
    settings: {
      stop: { kind: 'rounds', rounds: Math.max(1, ...lanes.map(({ turns }) => turns.length)) },
      seed: 0,
      input: 'not in the table',
      dimensions: {},
    },
    record: {
      model,
      phase: 'done',
      progress: 1,
      unlabelled: null,
      lanes: lanes.map(laneRecord),
    },
  };
  return { found, model };
}
