import { createStore } from 'zustand/vanilla';
import { Fault, toError } from '../../core/errors.ts';
import type { Model } from '../../core/models/model.ts';
import type { AnyFound } from '../../core/modes/found.ts';
import { loadFoundKind } from '../../core/modes/register.ts';
import { type ErrorFacts, errorFacts } from '../../core/race/events.ts';
import { growthOf, headOf, type Stored, storedWith } from '../../core/report/document.ts';
import type { Report } from '../../core/report/report.ts';
import type { Summary } from '../../core/report/summary.ts';
import { holdWhileAlive } from '../../engine/reports/living.ts';
import { askToPersist, dropStored, storeGrowth, storeWhole } from '../../engine/reports/storage.ts';
import { drawingBegins } from '../page/drawing.ts';
import { takeConditions } from '../race/conditions.ts';
import { latestSelfTest } from '../selftest/selfTest.ts';

export interface StoringState {
  /** Why reports are not saved; said once, and null again once one could be. */
  readonly fault: ErrorFacts | null;
  /** The latest report of each kind that this page wrote to its end; none while another is written. */
  readonly saved: Readonly<Record<string, Summary | undefined>>;
  /** A report that ended with its page, found when this page opened; until it is dismissed. */
  readonly interrupted: Summary | null;
}

export const storing = createStore<StoringState>(() => ({
  fault: null,
  saved: {},
  interrupted: null,
}));

/** A report that is being written. None of its calls throws, and none holds a measurement up. */
export interface ReportWriter {
  readonly id: string;
  /** All that was found so far; stored at most once a second. May be called as often as one likes. */
  update(found: AnyFound): void;
  /**
   * Writes what is left, with verdicts and self-test.
   * @param error why it failed; null unless it did
   */
  end(status: 'done' | 'stopped' | 'failed', error: ErrorFacts | null): Promise<void>;
}

/** Between two writings; what a crash may cost. */
const EVERY_MS = 800;
/** By then it is written, though nothing new was found meanwhile. */
const LATEST_MS = 400;
/** A measurement waits with its next round until a writing is done, but no longer than this. */
const PATIENCE_MS = 250;

/** The lock that a page holds while it writes a report. */
export const writingLock = (id: string): string => `report-${id}`;

/**
 * Begins a report of a measurement that starts now: conditions are taken, and what is found is
 * stored as it grows, so that a crash loses at most the last second. Lists in `found` (turns,
 * slices) may only grow at their end.
 */
export function beginReport(model: Model, found: AnyFound): ReportWriter {
  return new StoredReportWriter(model, found);
}

/** As random as a UUID; a page over plain http has no randomUUID. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) =>
    part.toString(16).padStart(8, '0'),
  ).join('-');

function setSaved(kind: Summary['kind'], summary: Summary | null): void {
  storing.setState(({ saved: { [kind]: _, ...others } }) => ({
    saved: summary ? { ...others, [kind]: summary } : others,
  }));
}

class StoredReportWriter implements ReportWriter {
  readonly id = newId();
  private report: Report;
  /** What the chunks hold, and how many they are. */
  private stored: Stored = new Map();
  private chunks = 0;
  private readonly release: () => void;
  private readonly conditions: Promise<void>;
  /** The words of reports: what a page that only opens does not need. */
  private readonly words: Promise<typeof import('./reading.ts')>;
  /** The writing that is on its way. */
  private writing: Promise<void> = Promise.resolve();
  private wroteAt = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** After a failure nothing more is tried before the end. */
  private failed = false;

  constructor(model: Model, found: AnyFound) {
    this.words = Promise.all([import('./reading.ts'), loadFoundKind(found.kind)]).then(
      ([words]) => words,
    );
    this.release = holdWhileAlive(writingLock(this.id));
    this.report = {
      id: this.id,
      startedAt: new Date().toISOString(),
      endedAt: null,
      status: 'running',
      error: null,
      conditions: null,
      model,
      found,
      verdicts: [],
      selfTest: null,
      note: '',
    };
    setSaved(found.kind, null);
    // Whoever awaits it is told of a failure; until then nobody asks.
    this.words.catch(() => {});
    this.conditions = takeConditions().then((conditions) => {
      this.report = { ...this.report, conditions };
    });
  }

  update(found: AnyFound): void {
    if (this.report.status !== 'running') return;
    this.report = { ...this.report, found };
    const due = this.wroteAt + EVERY_MS - performance.now();
    if (due <= 0) this.write();
    else this.timer ??= setTimeout(() => this.write(), due + LATEST_MS);
  }

  async end(status: 'done' | 'stopped' | 'failed', error: ErrorFacts | null): Promise<void> {
    if (this.report.status !== 'running') return;
    try {
      await this.conditions;
      const { samplesIn, summaryOf } = await this.words;
      const { storedVerdicts } = await import('../../core/report/storedVerdicts.ts');
      const endedAt = new Date().toISOString();
      const over = { ...this.report, status, error, endedAt, selfTest: latestSelfTest() };
      this.report = { ...over, verdicts: storedVerdicts(over) };
      this.failed = false;
      this.write();
      await this.writing;
      if (this.failed) return;
      // Stopped before anything was measured: nothing to keep.
      if (status === 'stopped' && samplesIn(over.found) === 0) return await dropStored(this.id);
      setSaved(this.report.found.kind, summaryOf(this.report));
      storing.setState({ fault: null });
      persistOnce();
    } catch (thrown) {
      this.fail(thrown);
    } finally {
      this.release();
    }
  }

  private write(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.failed) return;
    this.wroteAt = performance.now();
    const done = heldUp();
    this.writing = this.writing.then(() => this.writeNow()).finally(done);
  }

  private async writeNow(): Promise<void> {
    if (this.failed) return;
    try {
      await this.conditions;
      const { summaryOf } = await this.words;
      const { report } = this;
      const { id, startedAt, found } = report;
      const head = headOf(report);
      const stored = { id, startedAt, summary: summaryOf(report), deletedAt: null, head };
      const growth = growthOf(found, this.stored);
      if (await storeGrowth(stored, growth, this.chunks)) {
        this.stored = storedWith(this.stored, growth);
        if (growth.length > 0) this.chunks += 1;
        return;
      }
      // Somebody cleared this site's data; what was measured until then is still in memory.
      const all = growthOf(found, new Map());
      await storeWhole(stored, all, () => true);
      this.stored = storedWith(new Map(), all);
      this.chunks = 1;
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  private fail(thrown: unknown): void {
    this.failed = true;
    const fault =
      thrown instanceof Fault
        ? thrown
        : new Fault('StorageError', `The report could not be saved: ${toError(thrown).message}`);
    storing.setState({ fault: errorFacts(fault) });
  }
}

/** Makes measurements wait as they do for a drawing, so that writing counts in no figure. */
function heldUp(): () => void {
  const end = drawingBegins();
  let waited = false;
  const goOn = () => {
    if (!waited) end();
    waited = true;
  };
  setTimeout(goOn, PATIENCE_MS);
  return goOn;
}

const ASKED_KEY = 'asked-to-persist';

/** Once per browser, after the first report that a press led to: Firefox asks its user. */
function persistOnce(): void {
  try {
    if (localStorage.getItem(ASKED_KEY)) return;
    localStorage.setItem(ASKED_KEY, 'yes');
  } catch {
    // Storage is off: there is nothing to persist.
    return;
  }
  void askToPersist();
}

export function dismissStoringFault(): void {
  storing.setState({ fault: null });
}
