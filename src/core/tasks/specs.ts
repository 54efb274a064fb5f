import { timedPast } from '../../tasks/arithmetic/core/feeds.ts';
import { DIGIT_SIDE } from '../../tasks/digit/core/digit.ts';
import type { TensorSpec } from '../tensors/tensors.ts';
import type { Task } from './task.ts';

const float = (name: string, shape: TensorSpec['shape']): TensorSpec => ({
  name,
  type: 'float32',
  shape,
});
const BATCH = 'batch';

/** What a model of a task takes, as a file of numbers or noise must fit it. */
export function inputSpecs(task: Task): readonly TensorSpec[] {
  switch (task.kind) {
    case 'digit':
      return [float(task.input, [BATCH, 1, DIGIT_SIDE, DIGIT_SIDE])];
    case 'photos':
      return [float(task.input, [BATCH, 3, task.side, task.side])];
    case 'speech':
      return [
        float(task.input, [1, task.context + task.frame]),
        float(task.stateInput, task.stateShape),
      ];
    case 'files': {
      const { headTokens, tailTokens } = task.window;
      return [{ name: task.input, type: 'int32', shape: [BATCH, headTokens + tailTokens] }];
    }
    case 'spotting':
      return [float(task.input, [1, 3, 'height', 'width'])];
    case 'arithmetic': {
      const shape = [BATCH, task.heads, timedPast(task), task.headWidth];
      return [
        { name: task.tokens, type: 'int32', shape: [BATCH, 1] },
        ...task.cache.map((each) => float(each.past, shape)),
      ];
    }
    case 'generic':
      return task.inputs;
    default:
      return task satisfies never;
  }
}

/** Sizes of one inference that a model's file leaves open, by the names that the file gives them. */
export const taskSizes = (task: Task): Readonly<Record<string, number>> =>
  task.kind === 'arithmetic' ? { past: timedPast(task) } : {};
