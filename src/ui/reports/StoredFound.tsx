import { lazy, Suspense, useMemo } from 'react';
import type { Report } from '../../core/report/report.ts';
import { storedView } from '../../core/report/stored.ts';
import { ResultsTable } from '../bench/ResultsTable.tsx';
import { StoredRace } from '../raceView.ts';

const RaceCharts = lazy(() => import('../charts/RaceCharts.tsx'));

/** A race as the bench draws it: the same table, the same charts. */
function StoredRaceView({ report }: { readonly report: Report }) {
  const view = useMemo(() => storedView(report), [report]);
  if (!view) return null;
  return (
    <StoredRace value={view}>
      <Suspense fallback={null}>
        <RaceCharts />
      </Suspense>
      <ResultsTable />
    </StoredRace>
  );
}

/** What was measured, drawn by what draws it live. */
export function StoredFound({ report }: { readonly report: Report }) {
  switch (report.found.kind) {
    case 'race':
      return <StoredRaceView report={report} />;
    default:
      return null;
  }
}
