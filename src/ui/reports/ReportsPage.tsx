import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { deleteReport, dismissFault, readHistory, undoDelete } from '../../state/history.ts';
import { exportAll, importFiles } from '../../state/reportFiles.ts';
import { reports } from '../../state/reports.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { momentOf } from '../parts/moment.ts';
import page from '../parts/Page.module.css';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './ReportsPage.module.css';

/** Everything that was measured in this browser or imported into it, newest first. */
export default function ReportsPage() {
  const { list, fault, imported, deleted } = useStore(reports);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => void readHistory(), []);
  return (
    <main className={styles['page']}>
      <h1 className={page['hidden']}>Reports</h1>
      {fault && <Fault error={fault} onDismiss={dismissFault} />}
      <Card
        title="What was measured"
        aside={
          <span className={styles['actions']}>
            <TextButton disabled={false} onClick={() => input.current?.click()}>
              Import
            </TextButton>
            <TextButton disabled={!list?.length} onClick={() => void exportAll()}>
              Export all
            </TextButton>
            <input
              ref={input}
              hidden
              multiple
              type="file"
              accept=".json"
              aria-label="Report files"
              onChange={({ currentTarget }) => {
                void importFiles([...(currentTarget.files ?? [])]);
              }}
            />
          </span>
        }
      >
        {imported && <p role="status">{imported}</p>}
        {deleted && (
          <p role="status">
            Deleted.{' '}
            <TextButton disabled={false} onClick={() => void undoDelete()}>
              Undo
            </TextButton>
          </p>
        )}
        {list?.length === 0 && (
          <p className={styles['soft']}>
            Nothing yet: every race is kept here, in this browser, as it runs.
          </p>
        )}
        <ul className={styles['list']}>
          {list?.map((one) => (
            <li key={one.id} data-report={one.id}>
              <Link href={`/reports/${one.id}`}>{one.sentence ?? `${one.model}, ${one.kind}`}</Link>
              <p className={styles['soft']}>
                {momentOf(one.startedAt)}, {one.model}, {one.status}.{' '}
                <TextButton
                  disabled={one.status === 'running'}
                  onClick={() => void deleteReport(one)}
                >
                  Delete
                </TextButton>
              </p>
            </li>
          ))}
        </ul>
      </Card>
    </main>
  );
}
