import * as v from 'valibot';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import { timedPast } from './feeds.ts';
import type { Problem } from './problem.ts';
import { ArithmeticTask } from './task.ts';

const factor = v.pipe(v.number(), v.integer(), v.minValue(0));

export const arithmeticCore: TaskCore<ArithmeticTask, Problem> = {
  kind: 'arithmetic',
  noun: 'characters',
  schema: ArithmeticTask,
  inputs: (task) => {
    const shape = ['batch', task.heads, timedPast(task), task.headWidth];
    return [
      { name: task.tokens, type: 'int32', shape: ['batch', 1] },
      ...task.cache.map(({ past }) => ({ name: past, type: 'float32', shape })),
    ];
  },
  sizes: (task) => ({ past: timedPast(task) }),
  answers: {
    classes: true,
    output: ({ logits }) => logits,
    names: ({ vocabulary }) => [...vocabulary],
  },
  input: {
    schema: v.object({ a: factor, b: factor }),
    words: ({ a, b }) => `${a} × ${b}`,
    fromWords: (sentence) => {
      const [, a, b] = /^(\d+) × (\d+)$/.exec(sentence) ?? [];
      return a === undefined ? null : { a: Number(a), b: Number(b) };
    },
  },
};
