import { lazy, Suspense, useMemo } from 'react';
import { storedView } from '../../core/figures/stored.ts';
import { isRace } from '../../core/race/found.ts';
import type { Report } from '../../core/report/report.ts';
import type { BatchesFound } from '../../modes/batches/core/found.ts';
import type { LoadFound } from '../../modes/load/core/found.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import ResultsTable from '../bench/ResultsTable.tsx';
import { TaskAnswers } from '../bench/TaskAnswers.tsx';
import { StoredRace } from '../parts/raceView.ts';
import { MarkWrongOfRace } from '../parts/wrongLanes.tsx';

const RaceCharts = lazy(() => import('../charts/RaceCharts.tsx'));
const SustainedView = lazy(() => import('../../modes/sustained/ui/SustainedView.tsx'));
const LoadView = lazy(() => import('../../modes/load/ui/LoadView.tsx'));
const BatchView = lazy(() => import('../../modes/batches/ui/BatchView.tsx'));

/** A race as the bench draws it: the same table, the same charts. */
function StoredRaceView({ report }: { readonly report: Report }) {
  const view = useMemo(
    () => (isRace(report.found) ? storedView(report.found.record, report.conditions) : null),
    [report],
  );
  if (!view) return null;
  return (
    <StoredRace value={view}>
      <MarkWrongOfRace>
        <TaskAnswers />
        <RaceCharts />
        <ResultsTable />
      </MarkWrongOfRace>
    </StoredRace>
  );
}

function View({ report }: { readonly report: Report }) {
  const found = report.found as
    | { readonly kind: 'race' }
    | SustainedFound
    | LoadFound
    | BatchesFound;
  switch (found.kind) {
    case 'race':
      return <StoredRaceView report={report} />;
    case 'sustained':
      return <SustainedView settings={found.settings} record={found.record} over />;
    case 'load':
      return <LoadView record={found.record} />;
    case 'batches':
      return <BatchView record={found.record} />;
    default:
      return found satisfies never;
  }
}

/** What was measured, drawn by what draws it live. */
export function StoredFound({ report }: { readonly report: Report }) {
  return (
    <Suspense fallback={null}>
      <View report={report} />
    </Suspense>
  );
}
