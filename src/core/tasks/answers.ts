/** What a race asks about answers, whatever the kind of task. */
import { taskKind } from './register.ts';
import type { AnyTask } from './task.ts';

/** Whether a model chooses one of several classes, so that agreement and accuracy mean something. */
export const isClassifier = (task: AnyTask): boolean => taskKind(task).answers.classes;

/** The output that holds the answer; null where nobody knows, so that all outputs count. */
export const answerOutput = (task: AnyTask): string | null => taskKind(task).answers.output(task);
