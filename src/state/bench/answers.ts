import { type Answer, decodeClass } from '../../core/classes/classify.ts';
import type { Model } from '../../core/models/model.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { answerOutput } from '../../core/tasks/answers.ts';
import { namesOfClasses, ownAnswer } from './inputs.ts';

/** What scores name, and how probable it is; null for other tasks, and while the names are not here. */
export function namedAnswer(model: Model, scores: ArrayLike<number>): Answer | null {
  const own = ownAnswer(model);
  if (own) return own(model, scores);
  const names = namesOfClasses(model);
  return names && decodeClass(scores, names);
}

/** What a lane names for the input that was raced on. */
export function answerOf({ model, lanes }: RaceRecord, id: string): Answer | null {
  const answer = lanes.find(({ lane }) => lane.id === id)?.answer;
  const scores = answer?.find(({ name }) => name === answerOutput(model.task))?.data;
  return scores ? namedAnswer(model, scores) : null;
}
