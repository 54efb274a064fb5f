import type { TensorSpec } from '../tensors/tensors.ts';
import { taskKind } from './register.ts';
import type { AnyTask } from './task.ts';

/** What a model of a task takes, as a file of numbers or noise must fit it. */
export const inputSpecs = (task: AnyTask): readonly TensorSpec[] => taskKind(task).inputs(task);

/** Sizes of one inference that a model's file leaves open, by the names that the file gives them. */
export const taskSizes = (task: AnyTask): Readonly<Record<string, number>> =>
  taskKind(task).sizes?.(task) ?? {};
