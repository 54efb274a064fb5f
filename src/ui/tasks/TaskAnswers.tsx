import { lazy, Suspense } from 'react';
import type { RaceRecord } from '../../core/race/record.ts';
import { useRaceView } from '../raceView.ts';

const CharacterAnswers = lazy(() => import('./arithmetic/CharacterAnswers.tsx'));
const FileAnswers = lazy(() => import('./files/FileAnswers.tsx'));
const PhotoAnswers = lazy(() => import('./photos/PhotoAnswers.tsx'));

function Answers({ record }: { readonly record: RaceRecord }) {
  const { task } = record.model;
  switch (task.kind) {
    case 'photos':
      return <PhotoAnswers record={record} task={task} />;
    case 'files':
      return <FileAnswers record={record} task={task} />;
    case 'arithmetic':
      return <CharacterAnswers record={record} task={task} />;
    default:
      return null;
  }
}

/** What the lanes answered, where that is more than fits into a table. */
export function TaskAnswers() {
  const view = useRaceView();
  return (
    view && (
      <Suspense fallback={null}>
        <Answers record={view.record} />
      </Suspense>
    )
  );
}
