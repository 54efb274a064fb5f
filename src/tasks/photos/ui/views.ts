import type { TaskViews } from '../../../ui/tasks/views.ts';
import { PhotoAnswers } from './PhotoAnswers.tsx';
import { PhotoInput } from './PhotoInput.tsx';

export default {
  Input: PhotoInput,
  Answers: PhotoAnswers,
} satisfies TaskViews;
