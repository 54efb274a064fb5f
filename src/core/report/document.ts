/** How a report is written down: for a file and for the browser's storage. */
import type { AnyFound, Plain } from '../modes/found.ts';
import { foundKind } from '../modes/register.ts';
import { plainNumber, shortest32 } from '../schema/numbers.ts';
import { type Document, FORMAT, VERSION } from './migrate.ts';
import type { Report } from './report.ts';

const written = (found: AnyFound): Plain => foundKind(found.kind).written?.(found) ?? { ...found };

/** As plain data, in which columns of numbers are still typed arrays. */
export function reportDocument({ found, ...report }: Report): Document {
  return { format: FORMAT, version: VERSION, ...report, found: written(found) };
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

/** How long each growing list is in storage already, by its path. */
export type Stored = ReadonlyMap<string, number>;

/** What storage does not have yet. */
export function growthOf(found: AnyFound, stored: Stored): Growth[] {
  const series = foundKind(found.kind).grows?.series(found) ?? [];
  return series.flatMap(({ path: within, length, since }) => {
    const path = `found.${within}`;
    const there = stored.get(path) ?? 0;
    return length > there ? [{ path, items: since(there) }] : [];
  });
}

export function storedWith(stored: Stored, growth: readonly Growth[]): Stored {
  const next = new Map(stored);
  for (const { path, items } of growth) next.set(path, (next.get(path) ?? 0) + items.length);
  return next;
}

/** The document without what grows, to be rewritten each time. */
export function headOf({ found, ...report }: Report): Document {
  const emptied = foundKind(found.kind).grows?.emptied(found) ?? found;
  return reportDocument({ ...report, found: emptied });
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
