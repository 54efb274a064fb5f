/** Reports that leave the page as files, and come in. */

import { loadFoundKinds } from '../../core/modes/register.ts';
import { errorFacts } from '../../core/race/events.ts';
import { writeCsv } from '../../core/report/csv.ts';
import { writeReport } from '../../core/report/document.ts';
import { bundleParts, checkSize, readReportFile } from '../../core/report/files.ts';
import type { Report } from '../../core/report/report.ts';
import { fileTitle, saveFile } from '../page/saveFile.ts';
import { listReport } from './history.ts';
import { readWhole, storeWholeReport } from './reading.ts';
import { reports } from './reports.ts';

/** "Digits-2026-11-25-0903" */
const stem = ({ model, startedAt }: Report): string =>
  `${fileTitle(model.title)}-${startedAt.slice(0, 16).replace('T', '-').replace(':', '')}`;

const refuse = (thrown: unknown) => reports.setState({ fault: errorFacts(thrown) });

export function exportJson(report: Report): void {
  const file = new Blob([writeReport(report)], { type: 'application/json' });
  saveFile(file, `${stem(report)}.report.json`);
}

export function exportCsv(report: Report): void {
  saveFile(new Blob([...writeCsv(report)], { type: 'text/csv' }), `${stem(report)}.csv`);
}

/** All reports of the list in one file, which can be imported again. */
export async function exportAll(): Promise<void> {
  const texts: string[] = [];
  try {
    for (const { id } of reports.getState().list ?? []) {
      const report = await readWhole(id);
      if (report) texts.push(writeReport(report));
    }
  } catch (thrown) {
    refuse(thrown);
    return;
  }
  const day = new Date().toISOString().slice(0, 10);
  const file = new Blob(bundleParts(texts), { type: 'application/json' });
  saveFile(file, `inferometer-reports-${day}.json`);
}

/** A report from elsewhere never runs here, whatever it says. */
const ended = (report: Report): Report =>
  report.status === 'running' ? { ...report, status: 'interrupted' } : report;

const reportsText = (many: number) => (many === 1 ? 'A report was' : `${many} reports were`);

/** What an import did, in a sentence. */
function importedText(added: number, same: number): string {
  const here =
    same === 0
      ? ''
      : ` ${reportsText(same)} here already and ${same === 1 ? 'was' : 'were'} left as ${same === 1 ? 'it is' : 'they are'}.`;
  return `${added === 0 ? '' : `${reportsText(added)} added.`}${here}`.trim();
}

/** Takes reports in; what is refused is said in `fault`, and the others are taken all the same. */
export async function importFiles(files: readonly File[]): Promise<void> {
  reports.setState({ fault: null, imported: null });
  let [added, same] = [0, 0];
  await loadFoundKinds();
  for (const file of files) {
    try {
      checkSize(file.name, file.size);
      for (const report of readReportFile(file.name, await file.text())) {
        const summary = await storeWholeReport(
          ended(report),
          (there) => there === undefined || there.deletedAt !== null,
        );
        if (summary) listReport(summary);
        if (summary) added++;
        else same++;
      }
    } catch (thrown) {
      refuse(thrown);
    }
  }
  reports.setState({ imported: importedText(added, same) || null });
}
