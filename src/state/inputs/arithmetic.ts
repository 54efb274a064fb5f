import type { TaskInputs } from './taskInputs.ts';

/** Nothing can be chosen yet. */
export const arithmeticInputs: TaskInputs = {
  ready: () => false,
  one: () => {
    throw new RangeError('There is nothing to race on yet.');
  },
  says: () => '',
};
