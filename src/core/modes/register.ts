/** The modes that this page has. Whoever opens a page or a script registers them, once. */
import { Fault } from '../errors.ts';
import type { FoundKind } from './found.ts';
import type { ModeKind } from './mode.ts';

const modes = new Map<string, ModeKind>();
/** What has come of their reports. */
const found = new Map<string, FoundKind>();

/** @throws RangeError for two modes of one kind */
export function registerModes(list: readonly ModeKind[]): void {
  for (const mode of list) {
    const before = modes.get(mode.kind);
    if (before && before !== mode) throw new RangeError(`There are two modes "${mode.kind}".`);
    modes.set(mode.kind, mode);
  }
}

/** In the order in which they were registered. */
export const modeKinds = (): readonly ModeKind[] => [...modes.values()];

/** @throws Fault ModeError for an unknown one */
export function modeKind(kind: string): ModeKind {
  const mode = modes.get(kind);
  if (!mode) {
    const known = [...modes.keys()].join(', ') || 'none';
    throw new Fault('ModeError', `There is no mode "${kind}"; this page has ${known}.`);
  }
  return mode;
}

/** Whether reports of this kind can be read. */
export const isStoredKind = (kind: string): boolean => (modes.get(kind)?.report ?? null) !== null;

/** "load test"; of a mode that this page does not have, its kind. */
export const reportNoun = (kind: string): string => modes.get(kind)?.report?.noun ?? kind;

/**
 * Fetches what must be known of one mode's reports.
 * @throws Fault ModeError for an unknown mode, and for one of which nothing is stored
 */
export async function loadFoundKind(kind: string): Promise<FoundKind> {
  const known = found.get(kind);
  if (known) return known;
  const { report, title } = modeKind(kind);
  if (!report) throw new Fault('ModeError', `Nothing is stored of the mode "${title}".`);
  const loaded = await report.load();
  found.set(kind, loaded);
  return loaded;
}

/** The same of all modes: reports of any kind may be read. */
export async function loadFoundKinds(): Promise<void> {
  const stored = modeKinds().filter(({ report }) => report !== null);
  await Promise.all(stored.map(({ kind }) => loadFoundKind(kind)));
}

/**
 * What is known of one mode's reports.
 * @throws Fault ModeError for an unknown mode; RangeError before it was loaded
 */
export function foundKind(kind: string): FoundKind {
  const known = found.get(kind);
  if (known) return known;
  throw new RangeError(`Reports of the mode "${modeKind(kind).title}" have not been loaded.`);
}
