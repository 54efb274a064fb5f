import { lazy } from 'react';
import type { TaskViews } from '../../../ui/tasks/views.ts';
import { CharacterAnswers } from './CharacterAnswers.tsx';
import { ProblemInput } from './ProblemInput.tsx';

export default {
  Input: ProblemInput,
  Answers: CharacterAnswers,
  Besides: lazy(() => import('./Thinking.tsx')),
} satisfies TaskViews;
