import type { Model } from '../../core/models/model.ts';
import { DigitInput } from './digits/DigitInput.tsx';
import { FileInput } from './files/FileInput.tsx';
import { GenericInput } from './generic/GenericInput.tsx';
import { PhotoInput } from './photos/PhotoInput.tsx';

/** What the selected model runs on, and how to choose it. */
export function TaskInput({ model }: { readonly model: Model }) {
  const { task } = model;
  switch (task.kind) {
    case 'digit':
      return <DigitInput />;
    case 'photos':
      return <PhotoInput model={model} task={task} />;
    case 'files':
      return <FileInput model={model} />;
    case 'generic':
      return <GenericInput task={task} />;
    default:
      return task satisfies never;
  }
}
