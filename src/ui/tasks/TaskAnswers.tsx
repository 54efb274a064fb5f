import { Suspense } from 'react';
import { type RaceView, useRaceView } from '../parts/raceView.ts';
import { useTaskViews } from './views.ts';

function Answers({ view }: { readonly view: RaceView }) {
  const views = useTaskViews(view.record.model.task);
  return views.Answers && <views.Answers view={view} />;
}

function Answer({ view }: { readonly view: RaceView }) {
  const views = useTaskViews(view.record.model.task);
  return views.Answer && <views.Answer view={view} />;
}

/** What a person asks first, above everything else that was found. */
export function TaskAnswer() {
  const view = useRaceView();
  return (
    view && (
      <Suspense fallback={null}>
        <Answer view={view} />
      </Suspense>
    )
  );
}

/** What the lanes answered, where that is more than fits into a table. */
export function TaskAnswers() {
  const view = useRaceView();
  return (
    view && (
      <Suspense fallback={null}>
        <Answers view={view} />
      </Suspense>
    )
  );
}
