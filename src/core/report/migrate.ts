import { Fault } from '../errors.ts';

/** What stands in a report's `format`, so that a file says what it is. */
export const FORMAT = 'inferometer-report';

/** A report as it came: only that it is an object, with a version, is known. */
export type Document = Readonly<Record<string, unknown>>;

/** Turns a document of one version into one of the next; must not change what was measured. */
export type MigrationStep = (document: Document) => Document;

/** The first leads from version 1 to 2. A step is never changed once it was released. */
const STEPS: readonly MigrationStep[] = [];

/** The version that this page writes. */
export const VERSION = STEPS.length + 1;

const isObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings a document of any version up to this page's, step by step.
 * @throws Fault ReportError where it is no report; NewerReportError where it is one that this
 *   page does not know yet
 */
export function migrate(json: unknown, steps: readonly MigrationStep[] = STEPS): Document {
  if (!isObject(json)) throw new Fault('ReportError', 'It does not contain a report.');
  const { format, version } = json;
  if (format !== FORMAT) {
    const found = format === undefined ? 'missing' : JSON.stringify(format).slice(0, 60);
    throw new Fault('ReportError', `Its format is ${found}, not "${FORMAT}".`);
  }
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    throw new Fault(
      'ReportError',
      `Its version is ${JSON.stringify(version) ?? 'missing'}; versions count from 1.`,
    );
  }
  const newest = steps.length + 1;
  if ((version as number) > newest) {
    throw new Fault(
      'NewerReportError',
      `This report was made by a newer version (format ${version}; this page reads up to ${newest}).`,
    );
  }
  return steps
    .slice((version as number) - 1)
    .reduce<Document>(
      (document, step, i) => ({ ...step(document), version: (version as number) + i + 1 }),
      json,
    );
}
