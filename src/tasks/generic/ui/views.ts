import type { TaskViews } from '../../../ui/tasks/views.ts';
import { GenericInput } from './GenericInput.tsx';

export default {
  Input: GenericInput,
} satisfies TaskViews;
