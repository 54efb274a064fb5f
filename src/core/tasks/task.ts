import type { TensorSpec } from '../race/tensors.ts';

/** What a model's inputs and outputs mean. */
export type Task = DigitTask | GenericTask;

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
