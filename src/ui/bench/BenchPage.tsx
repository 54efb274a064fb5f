import { lazy, Suspense, useEffect, useRef } from 'react';
import type { AnyTask } from '../../core/tasks/task.ts';
import { selectedModel } from '../../state/bench/selectors.ts';
import { drawingBegins } from '../../state/page/drawing.ts';
import styles from '../parts/Page.module.css';
import { useDrawnState } from '../parts/raceView.ts';
import { useBench, useBusy, useModes, useRace } from '../parts/use.ts';
import { MarkWrongOfRace } from '../parts/wrongLanes.tsx';
import { TaskAnswer, TaskAnswers } from '../tasks/TaskAnswers.tsx';
import { useTaskViews } from '../tasks/views.ts';
import own from './BenchPage.module.css';
import { HeadlineCard } from './HeadlineCard.tsx';
import { LacksCard } from './LacksCard.tsx';
import { ModelCard } from './ModelCard.tsx';
import { ModeChoice } from './modes/ModeChoice.tsx';
import { viewsOf } from './modes/views.ts';
import { SavedLine } from './SavedLine.tsx';

/** These come with the first sample: before it there is nothing to draw. */
const SpeedCards = lazy(() => import('../charts/SpeedCards.tsx'));
const CostCards = lazy(() => import('../charts/CostCards.tsx'));

/** Comes with the first answer, or with a lane that died. */
const ResultsTable = lazy(() => import('./ResultsTable.tsx'));

/** Comes once there is something to judge. */
const VerdictsCard = lazy(() => import('./VerdictsCard.tsx'));

/** Comes after all that a first race needs, and goes with the first press. */
const ExampleCard = lazy(() => import('./example/ExampleCard.tsx'));

/** While code that draws arrives and is compiled, no round starts. */
function CodeLoading() {
  useEffect(() => {
    const end = drawingBegins();
    // What came announces its own first drawing a few tasks later: no gap in between.
    return () => void setTimeout(end, 100);
  }, []);
  return null;
}

/** What a model can do besides all modes. */
function Besides({ task }: { readonly task: AnyTask }) {
  const views = useTaskViews(task);
  return views.Besides && <views.Besides />;
}

/** What the race found: the answer first, then what it rests on, then what else it cost. */
export function RaceResults() {
  const started = useRace(({ record }) => record?.lanes.some(({ turns }) => turns.length > 0));
  const begun = useRace(({ record }) =>
    record?.lanes.some(({ state, coldMs }) => coldMs !== null || state.name === 'died'),
  );
  // While lanes warm up, most of what could be said would be untrue a second later.
  const rounded = useRace(({ record }) => ['checking', 'done'].includes(record?.phase ?? ''));
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
    </MarkWrongOfRace>
  );
}

/** In pixels: a sentence whose top is nearer to the lower edge is not seen. */
const SENTENCE = 200;
const GAP = 12;

/**
 * Whoever presses Run wants to see what comes of it, wherever the page was scrolled to. To the very
 * top where that shows it: anywhere else a browser keeps what is in view in place while results
 * come in above it, and so scrolls their first sentence away.
 */
function showTop(results: HTMLElement): void {
  const y = results.getBoundingClientRect().top + scrollY;
  scrollTo(0, y < innerHeight - SENTENCE ? 0 : y - GAP);
}

export function BenchPage() {
  const drawnState = useDrawnState();
  const { Options, RunPanel, Results } = viewsOf(useModes((state) => state.mode));
  const model = useBench(selectedModel);
  const busy = useBusy();
  const idle = useRace(({ status }) => status.state === 'idle');
  const unraced = useModes(({ mode }) => mode === 'race') && idle;
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy && results.current) showTop(results.current);
  }, [busy]);
  return (
    <main className={`${styles['page']} ${own['page']}`} data-busy={busy}>
      <h1 className={styles['hidden']}>Bench</h1>
      <aside className={own['side']}>
        <ModelCard />
        <ModeChoice />
        <Suspense fallback={null}>
          <Options />
        </Suspense>
        <Suspense fallback={null}>
          <RunPanel />
        </Suspense>
      </aside>
      <div className={styles['main']} data-race-state={drawnState}>
        {model && (
          <Suspense fallback={<CodeLoading />}>
            <Besides task={model.task} />
          </Suspense>
        )}
        <div ref={results} className={own['results']}>
          <Suspense fallback={<CodeLoading />}>
            <Results />
          </Suspense>
        </div>
        <LacksCard />
        {unraced && (
          <Suspense fallback={null}>
            <ExampleCard />
          </Suspense>
        )}
      </div>
    </main>
  );
}
