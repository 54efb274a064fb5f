import { Suspense, useEffect, useRef } from 'react';
import type { AnyTask } from '../../core/tasks/task.ts';
import { selectedModel } from '../../state/bench/selectors.ts';
import { CodeLoading } from '../parts/CodeLoading.tsx';
import styles from '../parts/Page.module.css';
import { useDrawnState } from '../parts/raceView.ts';
import { useBench, useBusy, useModes } from '../parts/use.ts';
import { useTaskViews } from '../tasks/views.ts';
import own from './BenchPage.module.css';
import { LacksCard } from './LacksCard.tsx';
import { ModelCard } from './ModelCard.tsx';
import { ModeChoice } from './modes/ModeChoice.tsx';
import { viewsOf } from './modes/views.ts';

/** What a model can do besides all modes. */
function Besides({ task }: { readonly task: AnyTask }) {
  const views = useTaskViews(task);
  return views.Besides && <views.Besides />;
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
      </div>
    </main>
  );
}
