import { lazy, Suspense } from 'react';
import type { Model } from '../../core/models/model.ts';
import { DigitInput } from '../../tasks/digit/ui/DigitInput.tsx';

/** These come with the choice of such a model. */
const FileInput = lazy(() => import('../../tasks/files/ui/FileInput.tsx'));
const GenericInput = lazy(() => import('../../tasks/generic/ui/GenericInput.tsx'));
const ProblemInput = lazy(() => import('../../tasks/arithmetic/ui/ProblemInput.tsx'));
const PhotoInput = lazy(() => import('../../tasks/photos/ui/PhotoInput.tsx'));
const SpeechInput = lazy(() => import('../../tasks/speech/ui/SpeechInput.tsx'));
const SpottingInput = lazy(() => import('../../tasks/spotting/ui/SpottingInput.tsx'));

function Input({ model }: { readonly model: Model }) {
  const { task } = model;
  switch (task.kind) {
    case 'digit':
      return <DigitInput />;
    case 'photos':
      return <PhotoInput model={model} task={task} />;
    case 'files':
      return <FileInput model={model} />;
    case 'speech':
      return <SpeechInput model={model} task={task} />;
    case 'spotting':
      return <SpottingInput model={model} task={task} />;
    case 'arithmetic':
      return <ProblemInput model={model} task={task} />;
    case 'generic':
      return <GenericInput task={task} />;
    default:
      return task satisfies never;
  }
}

/** What the selected model runs on, and how to choose it. */
export function TaskInput({ model }: { readonly model: Model }) {
  return (
    <Suspense fallback={null}>
      <Input model={model} />
    </Suspense>
  );
}
