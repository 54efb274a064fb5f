import { lazy, Suspense } from 'react';
import { HeadlineCard } from '../../../ui/bench/HeadlineCard.tsx';
import { SavedLine } from '../../../ui/bench/SavedLine.tsx';
import { CodeLoading } from '../../../ui/parts/CodeLoading.tsx';
import { useRace } from '../../../ui/parts/use.ts';
import { MarkWrongOfRace } from '../../../ui/parts/wrongLanes.tsx';
import { TaskAnswer, TaskAnswers } from '../../../ui/tasks/TaskAnswers.tsx';

/** These come with the first sample: before it there is nothing to draw. */
const SpeedCards = lazy(() => import('../../../ui/charts/SpeedCards.tsx'));
const CostCards = lazy(() => import('../../../ui/charts/CostCards.tsx'));

/** Comes with the first answer, or with a lane that died. */
const ResultsTable = lazy(() => import('../../../ui/bench/ResultsTable.tsx'));

/** Comes once there is something to judge. */
const VerdictsCard = lazy(() => import('../../../ui/bench/VerdictsCard.tsx'));

/** Comes after all that a first race needs, and goes with the first press. */
const ExampleCard = lazy(() => import('../../../ui/bench/example/ExampleCard.tsx'));

/** What the race found: the answer first, then what it rests on, then what else it cost. */
export function RaceResults() {
  const started = useRace(({ record }) => record?.lanes.some(({ turns }) => turns.length > 0));
  const begun = useRace(({ record }) =>
    record?.lanes.some(({ state, coldMs }) => coldMs !== null || state.name === 'died'),
  );
  // While lanes warm up, most of what could be said would be untrue a second later.
  const rounded = useRace(({ record }) => ['checking', 'done'].includes(record?.phase ?? ''));
  const idle = useRace(({ status }) => status.state === 'idle');
  return (
    <MarkWrongOfRace>
      <TaskAnswer />
      <HeadlineCard />
      <SavedLine kind="race" />
      {begun && (
        <Suspense fallback={<CodeLoading />}>
          <ResultsTable />
        </Suspense>
      )}
      <TaskAnswers />
      {started && (
        <Suspense fallback={<CodeLoading />}>
          <SpeedCards />
        </Suspense>
      )}
      {rounded && (
        <Suspense fallback={null}>
          <VerdictsCard />
        </Suspense>
      )}
      {started && (
        <Suspense fallback={<CodeLoading />}>
          <CostCards />
        </Suspense>
      )}
      {idle && (
        <Suspense fallback={null}>
          <ExampleCard />
        </Suspense>
      )}
    </MarkWrongOfRace>
  );
}
