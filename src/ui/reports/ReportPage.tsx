import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { useStore } from 'zustand';
import { storedHeadline, storedVerdicts } from '../../core/report/stored.ts';
import { openReport } from '../../state/history.ts';
import { exportCsv, exportJson } from '../../state/reportFiles.ts';
import { reports } from '../../state/reports.ts';
import { Card } from '../parts/Card.tsx';
import sentence from '../parts/Headline.module.css';
import { momentOf } from '../parts/moment.ts';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './ReportPage.module.css';

/** One report: what it found, under which conditions, and the whole of it as a file. */
export default function ReportPage() {
  const { id = '' } = useParams<{ id: string }>();
  const report = useStore(reports, ({ open }) => open.get(id));
  useEffect(() => void openReport(id), [id]);
  if (report === undefined) return <main className={styles['page']}>Reading…</main>;
  if (report === null) {
    return (
      <main className={styles['page']}>
        <p role="alert">
          There is no report of this name in this browser. <Link href="/reports">All reports</Link>
        </p>
      </main>
    );
  }
  const headline = storedHeadline(report);
  return (
    <main className={styles['page']}>
      <p>
        <Link href="/reports">Reports</Link> › {momentOf(report.startedAt)}
      </p>
      <Card>
        <h1 className={sentence['say']} data-headline>
          {headline
            ? headline.sentence.map(({ text }) => text).join('')
            : `${report.model.title}: too little was measured for a sentence.`}
        </h1>
        <p className={sentence['evidence']}>{headline?.evidence}</p>
        <p className={styles['actions']}>
          <TextButton disabled={false} onClick={() => exportJson(report)}>
            Save as JSON
          </TextButton>
          <TextButton disabled={false} onClick={() => exportCsv(report)}>
            Save as CSV
          </TextButton>
        </p>
      </Card>
      <Card title="Why, and how far to trust it">
        <ul>
          {storedVerdicts(report).map(({ rule, lane, sentence: text }) => (
            <li key={`${rule} ${lane}`}>{text}</li>
          ))}
        </ul>
      </Card>
      <Card title="Conditions">
        <p className={styles['soft']}>
          {report.conditions
            ? `${report.conditions.browser}, ${report.conditions.threads} of ${report.conditions.cores} threads, ${report.conditions.runtime}; ${report.status}.`
            : 'Not known.'}
        </p>
      </Card>
    </main>
  );
}
