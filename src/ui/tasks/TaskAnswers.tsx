import { lazy, Suspense } from 'react';
import { useRaceView } from '../raceView.ts';

const FileAnswers = lazy(() => import('./files/FileAnswers.tsx'));
const PhotoAnswers = lazy(() => import('./photos/PhotoAnswers.tsx'));

/** What the lanes answered, where that is more than fits into a table. */
export function TaskAnswers() {
  const view = useRaceView();
  if (!view) return null;
  const { record } = view;
  const { task } = record.model;
  if (task.kind !== 'photos' && task.kind !== 'files') return null;
  return (
    <Suspense fallback={null}>
      {task.kind === 'photos' ? (
        <PhotoAnswers record={record} task={task} />
      ) : (
        <FileAnswers record={record} task={task} />
      )}
    </Suspense>
  );
}
