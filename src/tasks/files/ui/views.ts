import type { TaskViews } from '../../../ui/tasks/views.ts';
import { FileAnswers } from './FileAnswers.tsx';
import { FileInput } from './FileInput.tsx';

export default {
  Input: FileInput,
  Answers: FileAnswers,
} satisfies TaskViews;
