import { type Answer, decodeClass } from '../../core/classes/classify.ts';
import type { Model } from '../../core/models/model.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { answerOutput } from '../../core/tasks/task.ts';
import { decodeFile } from '../../tasks/files/core/decode.ts';
import { type BenchState, bench } from './bench.ts';

/** What scores name, and how probable it is; null for other tasks, and while the names are not here. */
export function namedAnswer(
  { id, task }: Model,
  scores: ArrayLike<number>,
  { classNames, fileTypes }: Pick<BenchState, 'classNames' | 'fileTypes'>,
): Answer | null {
  switch (task.kind) {
    case 'digit':
      return decodeClass(scores, task.labels);
    case 'arithmetic':
      return decodeClass(scores, [...task.vocabulary]);
    case 'photos':
      return classNames[id] ? decodeClass(scores, classNames[id]) : null;
    case 'files': {
      const found = fileTypes && decodeFile(scores, fileTypes);
      if (!found) return null;
      return found.by === 'model'
        ? { label: found.type.label, probability: found.probability }
        : { label: null, probability: Number.NaN };
    }
    default:
      return null;
  }
}

/** What a lane names for the input that was raced on. */
export function answerOf({ model, lanes }: RaceRecord, id: string): Answer | null {
  const answer = lanes.find(({ lane }) => lane.id === id)?.answer;
  const scores = answer?.find(({ name }) => name === answerOutput(model.task))?.data;
  return scores ? namedAnswer(model, scores, bench.getState()) : null;
}
