import type { TaskViews } from '../../../ui/tasks/views.ts';
import { columns } from './columns.tsx';
import { SpeechAnswers } from './SpeechAnswers.tsx';
import { SpeechInput } from './SpeechInput.tsx';

export default {
  Input: SpeechInput,
  Answers: SpeechAnswers,
  columns,
} satisfies TaskViews;
