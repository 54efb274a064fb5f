import { lazy, Suspense } from 'react';
import { type RaceView, useRaceView } from '../parts/raceView.ts';

const CharacterAnswers = lazy(() => import('../../tasks/arithmetic/ui/CharacterAnswers.tsx'));
const FileAnswers = lazy(() => import('../../tasks/files/ui/FileAnswers.tsx'));
const PhotoAnswers = lazy(() => import('../../tasks/photos/ui/PhotoAnswers.tsx'));
const SpeechAnswers = lazy(() => import('../../tasks/speech/ui/SpeechAnswers.tsx'));
const SpottingAnswers = lazy(() => import('../../tasks/spotting/ui/SpottingAnswers.tsx'));

function Answers({ view }: { readonly view: RaceView }) {
  const { record } = view;
  const { task } = record.model;
  switch (task.kind) {
    case 'photos':
      return <PhotoAnswers record={record} task={task} />;
    case 'files':
      return <FileAnswers record={record} task={task} />;
    case 'arithmetic':
      return <CharacterAnswers record={record} task={task} />;
    case 'speech':
      return <SpeechAnswers view={view} task={task} />;
    case 'spotting':
      return <SpottingAnswers record={record} task={task} />;
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
        <Answers view={view} />
      </Suspense>
    )
  );
}
