/** How a report is written down: for a file and for the browser's storage. */
import type { LaneRecord, LaneTurn } from '../race/record.ts';
import { plainNumber, shortest32 } from '../schema/numbers.ts';
import { elementCount } from '../tensors/tensors.ts';
import { type Document, FORMAT, VERSION } from './migrate.ts';
import type { Found, Report } from './report.ts';

/** Answers of more numbers than this (pictures, sound) are left out: a report is about figures. */
const MOST_ANSWER = 4096;

/** Without the median, which follows from the samples. */
const turnDocument = ({ median: _, ...turn }: LaneTurn) => turn;

function laneDocument({ answer, turns, ...lane }: LaneRecord): Document {
  const numbers = answer?.reduce((sum, { dims }) => sum + elementCount(dims), 0) ?? 0;
  return {
    ...lane,
    turns: turns.map(turnDocument),
    answer: numbers <= MOST_ANSWER ? answer : null,
  };
}

function foundDocument(found: Found): Document {
  if (found.kind !== 'race') return { ...found };
  // The model stands beside it.
  const { model: _, lanes, ...record } = found.record;
  return { ...found, record: { ...record, lanes: lanes.map(laneDocument) } };
}

/** As plain data, in which columns of numbers are still typed arrays. */
export function reportDocument({ found, ...report }: Report): Document {
  return { format: FORMAT, version: VERSION, ...report, found: foundDocument(found) };
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return plainNumber(value);
  if (value instanceof Float32Array) return Array.from(value, shortest32);
  return value instanceof Float64Array ? Array.from(value) : value;
}

/** As JSON; `readReport` reads it again, to the last bit of every sample. */
export const writeReport = (report: Report): string =>
  JSON.stringify(reportDocument(report), plain);

/** What grew at one place of a document: "found.record.lanes.0.turns" and the items to append. */
export interface Growth {
  readonly path: string;
  readonly items: readonly unknown[];
}

/** Lists that only ever grow at their end, by their place in the document. */
function seriesOf(found: Found): Growth[] {
  switch (found.kind) {
    case 'race':
      return found.record.lanes.map(({ turns }, i) => ({
        path: `found.record.lanes.${i}.turns`,
        items: turns,
      }));
    case 'sustained':
      return [{ path: 'found.record.slices', items: found.record.slices }];
    default:
      // A few points, written whole each time.
      return [];
  }
}

/** How long each growing list is in storage already, by its path. */
export type Stored = ReadonlyMap<string, number>;

/** What storage does not have yet. */
export function growthOf(found: Found, stored: Stored): Growth[] {
  return seriesOf(found).flatMap(({ path, items }) => {
    const fresh = items.slice(stored.get(path) ?? 0);
    if (fresh.length === 0) return [];
    return [
      { path, items: found.kind === 'race' ? (fresh as LaneTurn[]).map(turnDocument) : fresh },
    ];
  });
}

export function storedWith(stored: Stored, growth: readonly Growth[]): Stored {
  const next = new Map(stored);
  for (const { path, items } of growth) next.set(path, (next.get(path) ?? 0) + items.length);
  return next;
}

/** The document without what grows, to be rewritten each time. */
export function headOf({ found, ...report }: Report): Document {
  return reportDocument({ ...report, found: emptied(found) });
}

function emptied(found: Found): Found {
  switch (found.kind) {
    case 'race': {
      const lanes = found.record.lanes.map((lane) => ({ ...lane, turns: [] }));
      return { ...found, record: { ...found.record, lanes } };
    }
    case 'sustained':
      return { ...found, record: { ...found.record, slices: [] } };
    default:
      return found;
  }
}

/**
 * A head with what grew, in order. Knows no version's form but where lists lie, so that reports
 * of older pages come together before they are migrated. Changes the head in place.
 * @throws RangeError where a path leads to no list
 */
export function joined(head: Document, growths: readonly Growth[]): Document {
  for (const { path, items } of growths) {
    let place: unknown = head;
    for (const key of path.split('.')) place = (place as Document | undefined)?.[key];
    if (!Array.isArray(place)) throw new RangeError(`No list at ${path}.`);
    for (const item of items) place.push(item);
  }
  return head;
}
