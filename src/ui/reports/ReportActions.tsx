import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { isRace } from '../../core/race/found.ts';
import type { Report } from '../../core/report/report.ts';
import { runAgain, runAgainBlocked } from '../../state/race/runAgain.ts';
import { exportCsv, exportJson } from '../../state/reports/reportFiles.ts';
import { useBench, useTakenBy } from '../parts/use.ts';
import styles from './ReportActions.module.css';

/** What can be done with a report. */
export function ReportActions({ report }: { readonly report: Report }) {
  const [, go] = useLocation();
  const blocked = useBench((state) => runAgainBlocked(state, report));
  const taken = useTakenBy();
  const raced = isRace(report.found);
  return (
    <>
      <div className={styles['row']}>
        {raced && (
          <Button
            size="sm"
            disabled={blocked !== null || taken !== null}
            onClick={() => {
              void runAgain(report);
              go('/');
            }}
          >
            Run this race again
          </Button>
        )}
        <Button size="sm" variant="default" onClick={() => exportJson(report)}>
          Export JSON
        </Button>
        <Button size="sm" variant="default" onClick={() => exportCsv(report)}>
          Export CSV
        </Button>
      </div>
      <p className={styles['hint']}>
        {raced && (blocked ?? taken) ? `${blocked ?? taken} ` : ''}The JSON contains everything and
        can be imported again; the CSV contains every sample, one per row.
      </p>
    </>
  );
}
