/** Reports in the browser's own database (IndexedDB): heads, and what grew in chunks. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { Fault, toError } from '../../core/errors.ts';
import { type Growth, joined } from '../../core/report/document.ts';
import type { Document } from '../../core/report/migrate.ts';
import type { Summary } from '../../core/report/summary.ts';

/** What is kept of a report beside its chunks. */
export interface StoredReport {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** What a list shows, so that it need not read every sample; null until it was made. */
  readonly summary: Summary | null;
  /** When it was taken out of the list (epoch, ms), to be dropped soon; null while it is in. */
  readonly deletedAt: number | null;
  /** All but what grows, of whatever version wrote it. */
  readonly head: Document;
}

interface Chunk {
  readonly report: string;
  readonly growths: readonly Growth[];
}

interface Schema extends DBSchema {
  reports: { key: string; value: StoredReport };
  /** In the order written. */
  chunks: { key: number; value: Chunk; indexes: { report: string } };
}

const NAME = 'inferometer';

let database: Promise<IDBPDatabase<Schema>> | null = null;

/** Why storage failed, in words. */
function storageFault(thrown: unknown): Fault {
  const { name, message } = toError(thrown);
  const says =
    name === 'QuotaExceededError'
      ? 'This site’s storage in the browser is full, so the report is not saved.'
      : `The browser does not let this page store anything (${name}: ${message}), so reports are not saved.`;
  return new Fault('StorageError', says, { cause: thrown });
}

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>(NAME, 1, {
    upgrade: (db) => {
      db.createObjectStore('reports', { keyPath: 'id' });
      db.createObjectStore('chunks', { autoIncrement: true }).createIndex('report', 'report');
    },
    // A newer page in another tab must not wait for this one.
    blocking: (_current, _next, event) => {
      (event.target as IDBDatabase).close();
      database = null;
    },
    terminated: () => {
      database = null;
    },
  });
  return database;
}

/**
 * Tries again once: where a site's data is cleared, its connections close under whoever uses them.
 * @param task may write in one transaction only
 * @throws Fault StorageError
 */
async function withStorage<T>(task: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const attempt = async () => {
    try {
      return await task(await open());
    } catch (thrown) {
      database = null;
      throw thrown;
    }
  };
  try {
    return await attempt().catch(attempt);
  } catch (thrown) {
    throw storageFault(thrown);
  }
}

/**
 * Writes a report's head and what grew since, both or neither.
 * @param before how many growing writings there were of it before
 * @returns false, with nothing written, where those are gone: the site's data was cleared meanwhile
 */
export function storeGrowth(
  report: StoredReport,
  growths: readonly Growth[],
  before: number,
): Promise<boolean> {
  return withStorage(async (db) => {
    const transaction = db.transaction(['reports', 'chunks'], 'readwrite');
    const chunks = transaction.objectStore('chunks');
    const whole = (await chunks.index('report').count(report.id)) === before;
    if (whole) {
      await transaction.objectStore('reports').put(report);
      if (growths.length > 0) await chunks.add({ report: report.id, growths });
    }
    await transaction.done;
    return whole;
  });
}

/**
 * Writes a report whole, in place of what is there of it.
 * @param wanted asked, within the same transaction, of what is there
 * @returns whether it was written
 */
export function storeWhole(
  report: StoredReport,
  growths: readonly Growth[],
  wanted: (there: StoredReport | undefined) => boolean,
): Promise<boolean> {
  return withStorage(async (db) => {
    const transaction = db.transaction(['reports', 'chunks'], 'readwrite');
    const reports = transaction.objectStore('reports');
    const chunks = transaction.objectStore('chunks');
    const write = wanted(await reports.get(report.id));
    if (write) {
      for (const key of await chunks.index('report').getAllKeys(report.id))
        await chunks.delete(key);
      await chunks.add({ report: report.id, growths });
      await reports.put(report);
    }
    await transaction.done;
    return write;
  });
}

/** All heads, those that are soon dropped too. */
export const storedReports = (): Promise<StoredReport[]> =>
  withStorage((db) => db.getAll('reports'));

/**
 * A report's whole document, of whatever version.
 * @returns null where there is none of this id
 */
export async function readStored(id: string): Promise<Document | null> {
  const found = await withStorage(async (db) => {
    const transaction = db.transaction(['reports', 'chunks']);
    const [report, chunks] = await Promise.all([
      transaction.objectStore('reports').get(id),
      transaction.objectStore('chunks').index('report').getAll(id),
    ]);
    return report && { head: report.head, chunks };
  });
  if (!found) return null;
  return joined(
    found.head,
    found.chunks.flatMap(({ growths }) => growths),
  );
}

/** Changes a report's head, if it is still there. */
export function changeStored(
  id: string,
  change: (report: StoredReport) => StoredReport,
): Promise<void> {
  return withStorage(async (db) => {
    const transaction = db.transaction('reports', 'readwrite');
    const report = await transaction.store.get(id);
    if (report) await transaction.store.put(change(report));
    await transaction.done;
  });
}

/** Drops a report with all its samples, for good. */
export function dropStored(id: string): Promise<void> {
  return withStorage(async (db) => {
    const transaction = db.transaction(['reports', 'chunks'], 'readwrite');
    const chunks = transaction.objectStore('chunks');
    for (const key of await chunks.index('report').getAllKeys(id)) await chunks.delete(key);
    await transaction.objectStore('reports').delete(id);
    await transaction.done;
  });
}

/**
 * Asks the browser not to clear this site's data when space runs short. Firefox asks its user.
 * @returns whether it promised
 */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
