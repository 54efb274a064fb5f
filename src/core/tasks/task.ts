import type { ArithmeticTask } from '../../tasks/arithmetic/core/task.ts';
import type { FilesTask } from '../../tasks/files/core/task.ts';
import type { PhotosTask } from '../../tasks/photos/core/task.ts';
import type { SpeechTask } from '../../tasks/speech/core/task.ts';
import type { SpottingTask } from '../../tasks/spotting/core/task.ts';
import type { OutputTensor, TensorSpec } from '../tensors/tensors.ts';

/** What a model's inputs and outputs mean. */
export type Task =
  | DigitTask
  | PhotosTask
  | SpeechTask
  | FilesTask
  | SpottingTask
  | ArithmeticTask
  | GenericTask;

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
export const isClassifier = ({ kind }: Task): boolean => kind !== 'spotting' && kind !== 'generic';

/** Whether a model draws boxes, which are counted. */
export const isDetector = ({ kind }: Task): boolean => kind === 'spotting';

/** Names of the classes where the task itself lists them. */
export const classNames = (task: Task): readonly string[] | null =>
  task.kind === 'digit' ? task.labels : null;

/** The output that holds the answer; null where nobody knows, so that all outputs count. */
export function answerOutput(task: Task): string | null {
  switch (task.kind) {
    case 'generic':
      return null;
    case 'arithmetic':
      return task.logits;
    default:
      return task.output;
  }
}

/** What is compared of the answer: of a classifier a score for each class. */
export function answerScores(task: Task, output: OutputTensor): OutputTensor {
  if (task.kind !== 'speech') return output;
  // One probability decides between two classes: nobody speaks, somebody does.
  const [probability = Number.NaN] = output.data;
  return { ...output, dims: [1, 2], data: Float64Array.of(1 - probability, probability) };
}

/** Whether what is checked is one sequence in which each lane remembers what came before. */
export const isStream = ({ kind }: Task): boolean => kind === 'speech';

/** The one number of an answer that is kept of every input of a stream. */
export const streamNumber = (task: Task, outputs: readonly OutputTensor[]): number =>
  outputs.find(({ name }) => name === answerOutput(task))?.data[0] ?? Number.NaN;
