import { useRaceView } from '../raceView.ts';
import { FileAnswers } from './files/FileAnswers.tsx';
import { PhotoAnswers } from './photos/PhotoAnswers.tsx';

/** What the lanes answered, where that is more than fits into a table. */
export function TaskAnswers() {
  const view = useRaceView();
  if (!view) return null;
  const { record } = view;
  const { task } = record.model;
  switch (task.kind) {
    case 'photos':
      return <PhotoAnswers record={record} task={task} />;
    case 'files':
      return <FileAnswers record={record} task={task} />;
    default:
      return null;
  }
}
