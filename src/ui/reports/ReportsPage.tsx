import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { count } from '../../core/format.ts';
import { browserLine } from '../../core/report/conditionRows.ts';
import type { Summary } from '../../core/report/summary.ts';
import { dismissFault, readHistory } from '../../state/reports/history.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { useReports, useStoring } from '../parts/use.ts';
import { CompareBar } from './CompareBar.tsx';
import { ImportExport } from './ImportExport.tsx';
import { ReportRow } from './ReportRow.tsx';
import styles from './ReportsPage.module.css';
import { UndoLine } from './UndoLine.tsx';

/** The answer first: what is kept here. */
function saysOf(list: readonly Summary[]): string {
  const devices = new Set(
    list.flatMap(({ conditions }) => (conditions ? [browserLine(conditions)] : [])),
  );
  const models = new Set(list.map(({ model }) => model));
  const many = (value: number, one: string) => `${count(value)} ${one}${value === 1 ? '' : 's'}`;
  return `${many(list.length, 'measurement')} of ${many(models.size, 'model')} on ${many(devices.size, 'browser')}, each with every sample and its conditions.`;
}

/** Everything that was measured, newest first; two of them can be compared. */
export default function ReportsPage() {
  const list = useReports((state) => state.list);
  const fault = useReports((state) => state.fault);
  const imported = useReports((state) => state.imported);
  const saved = useStoring((state) => state.saved);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [, go] = useLocation();
  // A report that was written meanwhile, in another place of the page, belongs into the list.
  useEffect(() => void readHistory(), [saved]);
  const toggle = (id: string) =>
    setChosen((before) =>
      before.includes(id) ? before.filter((each) => each !== id) : [...before.slice(-1), id],
    );
  return (
    <main className={styles['page']}>
      <h1 className={styles['title']}>Reports</h1>
      <Card>
        <p className={sentence['say']} data-history>
          {list === null
            ? 'Reading stored reports…'
            : list.length === 0
              ? 'Nothing has been measured yet: every race is stored here automatically, with all its samples.'
              : saysOf(list)}
        </p>
        <p className={sentence['evidence']}>
          They are stored in this browser only. Select two to compare them, and export what must not
          be lost, since browsers may clear a site’s data.
        </p>
        {fault && <Fault error={fault} onDismiss={dismissFault} />}
        {imported && (
          <p className={styles['done']} role="status">
            {imported}
          </p>
        )}
        <ImportExport empty={!list || list.length === 0} />
      </Card>
      <UndoLine />
      {list && list.length > 0 && (
        <Card>
          <ul className={styles['list']} aria-label="Reports">
            {list.map((summary) => (
              <ReportRow
                key={summary.id}
                summary={summary}
                place={chosen.indexOf(summary.id)}
                onToggle={() => toggle(summary.id)}
              />
            ))}
          </ul>
        </Card>
      )}
      <CompareBar
        chosen={chosen}
        onCompare={([a, b]) => go(`/reports/${a}/against/${b}`)}
        onClear={() => setChosen([])}
      />
    </main>
  );
}
