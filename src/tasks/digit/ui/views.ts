import type { TaskViews } from '../../../ui/tasks/views.ts';
import { DigitAnswers } from './DigitAnswers.tsx';
import { DigitInput } from './DigitInput.tsx';
import { LabelledDigit } from './LabelledDigit.tsx';

export default {
  Input: DigitInput,
  Answer: DigitAnswers,
  Sample: LabelledDigit,
} satisfies TaskViews;
