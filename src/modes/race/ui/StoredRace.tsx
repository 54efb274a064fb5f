import { lazy, useMemo } from 'react';
import { storedView } from '../../../core/figures/stored.ts';
import { isRace } from '../../../core/race/found.ts';
import type { StoredProps } from '../../../ui/bench/modes/views.ts';
import ResultsTable from '../../../ui/bench/ResultsTable.tsx';
import { StoredRace as StoredView } from '../../../ui/parts/raceView.ts';
import { MarkWrongOfRace } from '../../../ui/parts/wrongLanes.tsx';
import { TaskAnswers } from '../../../ui/tasks/TaskAnswers.tsx';

const SpeedCards = lazy(() => import('../../../ui/charts/SpeedCards.tsx'));
const CostCards = lazy(() => import('../../../ui/charts/CostCards.tsx'));

/** A race as the bench draws it: the same table, the same charts, in the same order. */
export default function StoredRace({ report, verdicts }: StoredProps) {
  const view = useMemo(
    () => (isRace(report.found) ? storedView(report.found.record, report.conditions) : null),
    [report],
  );
  if (!view) return verdicts;
  return (
    <StoredView value={view}>
      <MarkWrongOfRace>
        <ResultsTable />
        <TaskAnswers />
        <SpeedCards />
        {verdicts}
        <CostCards />
      </MarkWrongOfRace>
    </StoredView>
  );
}
