import { Fault } from '../errors.ts';
import type { Square } from '../pictures/resize.ts';
import type { FeedSet, OutputTensor } from '../tensors/tensors.ts';
import type { Inset } from './shown.ts';

/** A camera's frame as a model takes it. */
export interface PreparedPicture {
  /** null where there is nothing in it to ask about. */
  readonly feeds: FeedSet | null;
  /** The part that the network sees; null where it sees all. */
  readonly seen: Square | null;
  /** As the network sees it, where that is not the picture; null where it is. */
  readonly inset: Inset | null;
}

/**
 * The one output that holds the answer.
 * @throws Fault AnswerError for outputs that are not the task's
 */
export function outputNamed(outputs: readonly OutputTensor[], name: string): OutputTensor {
  const output = outputs.find((each) => each.name === name);
  if (!output) throw new Fault('AnswerError', `The model returned no output "${name}".`);
  return output;
}
