import { useRaceView } from '../raceView.ts';
import { PhotoAnswers } from './photos/PhotoAnswers.tsx';

/** What the lanes answered, where that is more than fits into a table. */
export function TaskAnswers() {
  const view = useRaceView();
  if (!view) return null;
  const { record } = view;
  const { task } = record.model;
  return task.kind === 'photos' ? <PhotoAnswers record={record} task={task} /> : null;
}
