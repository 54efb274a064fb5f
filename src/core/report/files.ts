/** Reports as files: one, or many in a bundle, as JSON; or a race's samples as a table. */
import { Fault } from '../errors.ts';
import { bytes } from '../format.ts';
import type { Bytes } from '../units.ts';
import { readCsv } from './csvRead.ts';
import type { Document } from './migrate.ts';
import type { Report } from './report.ts';
import { readReport } from './schema/report.ts';

/** All reports in one file; each within has its own version. */
const BUNDLE = 'inferometer-reports';
const BUNDLE_VERSION = 1;

/** Text around the reports' JSON, which stands between with commas. */
export const bundleParts = (reports: readonly string[]): string[] => [
  `{"format":"${BUNDLE}","version":${BUNDLE_VERSION},"reports":[`,
  ...reports.flatMap((json, i) => (i === 0 ? [json] : [',', json])),
  ']}',
];

/** Strings end at 512 MB in Chromium, and a report of an hour stays far below this. */
export const MAX_BYTES: Bytes = 256e6;

/** @throws Fault ReportError */
export function checkSize(name: string, size: Bytes): void {
  if (size > MAX_BYTES) {
    throw new Fault(
      'ReportError',
      `${name} has ${bytes(size)}; the limit for reports is ${bytes(MAX_BYTES)}.`,
    );
  }
}

const isObject = (json: unknown): json is Document =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function reportsIn(json: unknown): Report[] {
  if (!isObject(json) || json['format'] !== BUNDLE) return [readReport(json)];
  const { version, reports } = json;
  if (typeof version === 'number' && version > BUNDLE_VERSION) {
    throw new Fault(
      'NewerReportError',
      `These reports were exported by a newer version (bundle ${version}; this page reads up to ${BUNDLE_VERSION}).`,
    );
  }
  if (!Array.isArray(reports)) throw new Fault('ReportError', 'reports: must be a list.');
  return reports.map(readReport);
}

/**
 * Reads what a Reports page exported.
 * @throws Fault ReportError, NewerReportError: with the file's name and what is wrong in it
 */
export function readReportFile(name: string, text: string): Report[] {
  try {
    return /\.csv$/i.test(name) ? [readCsv(text)] : reportsIn(parsed(text));
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    throw new Fault(
      thrown.name === 'NewerReportError' ? thrown.name : 'ReportError',
      thrown.name === 'NewerReportError'
        ? thrown.message
        : `${name} was not imported. ${thrown.message}`,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const why = text.trim() === '' ? 'It is empty.' : 'It is not valid JSON, or was cut off.';
    throw new Fault('ReportError', why);
  }
}
