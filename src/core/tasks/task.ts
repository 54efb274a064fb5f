import type { TensorSpec } from '../race/tensors.ts';
import type { FilesTask } from './files/task.ts';
import type { PhotosTask } from './photos/task.ts';

/** What a model's inputs and outputs mean. */
export type Task = DigitTask | PhotosTask | FilesTask | GenericTask;

/** A handwritten digit, 28 x 28 pixels, ink 1 on paper 0, to one of ten classes. */
export interface DigitTask {
  readonly kind: 'digit';
  readonly input: string;
  readonly output: string;
  readonly labels: readonly string[];
}

/** Nothing is known but the declared tensors: seeded random numbers in, numbers out. */
export interface GenericTask {
  readonly kind: 'generic';
  readonly seed: number;
  readonly inputs: readonly TensorSpec[];
}

/** Whether a model chooses one of several classes, so that agreement and accuracy mean something. */
export const isClassifier = ({ kind }: Task): boolean =>
  kind === 'digit' || kind === 'photos' || kind === 'files';

/** Names of the classes where the task itself lists them. */
export const classNames = (task: Task): readonly string[] | null =>
  task.kind === 'digit' ? task.labels : null;

/** The output that holds the answer; null where nobody knows, so that all outputs count. */
export const answerOutput = (task: Task): string | null =>
  task.kind === 'generic' ? null : task.output;
