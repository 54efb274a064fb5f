import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { useStore } from 'zustand';
import { storedHeadline } from '../../core/report/stored.ts';
import { openReport } from '../../state/history.ts';
import { reports } from '../../state/reports.ts';
import { Card } from '../parts/Card.tsx';
import { momentOf } from '../parts/moment.ts';
import styles from './ReportPage.module.css';

function Side({ id }: { id: string }) {
  const report = useStore(reports, ({ open }) => open.get(id));
  useEffect(() => void openReport(id), [id]);
  if (!report) return <p>{report === null ? 'It is not in this browser.' : 'Reading…'}</p>;
  const headline = storedHeadline(report);
  return (
    <Card title={`${report.model.title}, ${momentOf(report.startedAt)}`}>
      <p>{headline?.sentence.map(({ text }) => text).join('') ?? 'Too little was measured.'}</p>
      <p className={styles['soft']}>
        {headline?.evidence}{' '}
        {report.conditions &&
          `${report.conditions.browser}, ${report.conditions.threads} of ${report.conditions.cores} threads.`}
      </p>
    </Card>
  );
}

/** What two reports found; they were not run in turns, so only ratios within each compare. */
export default function ComparePage() {
  const { id = '', other = '' } = useParams<{ id: string; other: string }>();
  return (
    <main className={styles['page']}>
      <h1>Two reports</h1>
      <p className={styles['soft']}>
        They did not run in turns, and machines drift by a factor of two: compare each ratio to
        fp32, not the milliseconds. <Link href="/reports">All reports</Link>
      </p>
      <Side id={id} />
      <Side id={other} />
    </main>
  );
}
