import type { Task } from '../../core/tasks/task.ts';
import { DigitInput } from './digits/DigitInput.tsx';
import { GenericInput } from './generic/GenericInput.tsx';

/** What the selected model runs on, and how to choose it. */
export function TaskInput({ task }: { readonly task: Task }) {
  switch (task.kind) {
    case 'digit':
      return <DigitInput />;
    case 'generic':
      return <GenericInput task={task} />;
    default:
      return task satisfies never;
  }
}
