import { lazy, type ReactNode, Suspense, useMemo } from 'react';
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

const SpeedCards = lazy(() => import('../charts/SpeedCards.tsx'));
const CostCards = lazy(() => import('../charts/CostCards.tsx'));
const SustainedView = lazy(() => import('../../modes/sustained/ui/SustainedView.tsx'));
const LoadView = lazy(() => import('../../modes/load/ui/LoadView.tsx'));
const BatchView = lazy(() => import('../../modes/batches/ui/BatchView.tsx'));

interface StoredProps {
  readonly report: Report;
  /** What is to be said of it, for its place among what was found. */
  readonly verdicts: ReactNode;
}

/** A race as the bench draws it: the same table, the same charts, in the same order. */
function StoredRaceView({ report, verdicts }: StoredProps) {
  const view = useMemo(
    () => (isRace(report.found) ? storedView(report.found.record, report.conditions) : null),
    [report],
  );
  if (!view) return verdicts;
  return (
    <StoredRace value={view}>
      <MarkWrongOfRace>
        <ResultsTable />
        <TaskAnswers />
        <SpeedCards />
        {verdicts}
        <CostCards />
      </MarkWrongOfRace>
    </StoredRace>
  );
}

function View({ report, verdicts }: StoredProps) {
  const found = report.found as
    | { readonly kind: 'race' }
    | SustainedFound
    | LoadFound
    | BatchesFound;
  switch (found.kind) {
    case 'race':
      return <StoredRaceView report={report} verdicts={verdicts} />;
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
export function StoredFound(props: StoredProps) {
  return (
    <Suspense fallback={null}>
      <View {...props} />
    </Suspense>
  );
}
