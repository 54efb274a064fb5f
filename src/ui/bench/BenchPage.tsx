import { lazy, Suspense, useEffect, useRef } from 'react';
import { drawingBegins } from '../../state/drawing.ts';
import styles from '../parts/Page.module.css';
import { useDrawnState } from '../raceView.ts';
import { useBusy, useRace } from '../use.ts';
import own from './BenchPage.module.css';
import { HeadlineCard } from './HeadlineCard.tsx';
import { LacksCard } from './LacksCard.tsx';
import { LanesCard } from './LanesCard.tsx';
import { ModelCard } from './ModelCard.tsx';
import { ResultsTable } from './ResultsTable.tsx';
import { RunPanel } from './RunPanel.tsx';
import { SavedLine } from './SavedLine.tsx';
import { VerdictsCard } from './VerdictsCard.tsx';

/** Comes with the first sample: before it there is nothing to draw. */
const RaceCharts = lazy(() => import('../charts/RaceCharts.tsx'));

/** While the charts' code arrives and is compiled, no round starts. */
function ChartsLoading() {
  useEffect(() => {
    const end = drawingBegins();
    // The charts announce their own first drawing a few tasks later: no gap in between.
    return () => void setTimeout(end, 100);
  }, []);
  return null;
}

export function BenchPage() {
  const drawnState = useDrawnState();
  const started = useRace(({ record }) => record?.lanes.some(({ turns }) => turns.length > 0));
  const hasRecord = useRace(({ record }) => record !== null);
  const busy = useBusy();
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the results stand below the fold; whoever presses Run wants to see them.
    if (busy && matchMedia('(max-width: 760px)').matches) results.current?.scrollIntoView();
  }, [busy]);
  return (
    <main className={`${styles['page']} ${own['page']}`}>
      <h1 className={styles['hidden']}>Bench</h1>
      <aside className={styles['side']}>
        <ModelCard />
        <LanesCard />
        <RunPanel />
      </aside>
      <div ref={results} className={styles['main']} data-race-state={drawnState}>
        <HeadlineCard />
        <SavedLine />
        {hasRecord && <VerdictsCard />}
        {started && (
          <Suspense fallback={<ChartsLoading />}>
            <RaceCharts />
          </Suspense>
        )}
        {hasRecord && <ResultsTable />}
        <LacksCard />
      </div>
    </main>
  );
}
