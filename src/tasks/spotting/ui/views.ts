import type { TaskViews } from '../../../ui/tasks/views.ts';
import { columns } from './columns.tsx';
import { SpottingAnswers } from './SpottingAnswers.tsx';
import { SpottingInput } from './SpottingInput.tsx';

export default {
  Input: SpottingInput,
  Answers: SpottingAnswers,
  columns,
} satisfies TaskViews;
