/** What runs are given: the next character with what came before it, or a true text, one character a run. */
import { UNASKED } from '../../../core/race/record.ts';
import type { FeedInput, FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import { emptyCache } from './generate.ts';
import { type Problem, promptOf } from './problem.ts';
import type { ArithmeticTask } from './task.ts';
import { encode } from './tokens.ts';
import { writtenWork } from './written.ts';

/** Characters behind the one that is timed in a race: half of all that the model can look at. */
export const timedPast = ({ context }: Pick<ArithmeticTask, 'context'>): number =>
  Math.floor(context / 2);

/** The prompt and flawless work after it. */
export const wholeText = (problem: Problem, task: ArithmeticTask): string =>
  promptOf(problem, 'think', task) + writtenWork(problem, 'think', task);

const tokensOf = (text: string, task: ArithmeticTask, length: number): FeedInput => ({
  name: task.tokens,
  type: 'int32',
  dims: [1, length],
  data: encode(text, task),
});

/** One run that reads a text whole. */
export const textFeeds = (text: string, task: ArithmeticTask): FeedSet => ({
  count: 1,
  inputs: [tokensOf(text, task, text.length), ...emptyCache(task, 1)],
});

/** One run that reads one more character; `cache` is what the run before left. */
export const characterFeeds = (
  character: string,
  cache: readonly FeedInput[],
  task: ArithmeticTask,
): FeedSet => ({ count: 1, inputs: [tokensOf(character, task, 1), ...cache] });

/**
 * What a run left for the next one.
 * @throws RangeError where an output is missing
 */
export const cacheOf = (
  outputs: readonly OutputTensor[],
  { cache }: Pick<ArithmeticTask, 'cache'>,
): FeedInput[] =>
  cache.map(({ past, present }) => {
    const { dims, data } = outputOf(outputs, present);
    // Not by `from`, which goes number by number: a batch's cache has millions.
    return { name: past, type: 'float32', dims, data: new Float32Array(data) };
  });

/** @throws RangeError where there is none of that name */
export function outputOf(outputs: readonly OutputTensor[], name: string): OutputTensor {
  const found = outputs.find((output) => output.name === name);
  if (!found) throw new RangeError(`The model returned no output "${name}".`);
  return found;
}

/** Feeds with the true answer to each. */
export interface LabelledFeeds {
  readonly feeds: FeedSet;
  /** The token that comes next in the true text; UNASKED inside a prompt. */
  readonly labels: Int8Array;
}

/**
 * The true texts of problems, one character a run, each lane with its own cache: whatever a lane
 * answers, it is given the true character next (teacher forcing).
 */
export function forcedFeeds(problems: readonly Problem[], task: ArithmeticTask): LabelledFeeds {
  const texts = problems.map((problem) => wholeText(problem, task));
  const prompt = problems[0] ? promptOf(problems[0], 'think', task).length : 0;
  const fed = texts.map((text) => text.slice(0, -1));
  const labels = texts.flatMap((text) =>
    Array.from(encode(text, task).subarray(1), (token, i) => (i < prompt - 1 ? UNASKED : token)),
  );
  const starts: number[] = [];
  let count = 0;
  for (const text of fed) {
    starts.push(count);
    count += text.length;
  }
  return {
    labels: Int8Array.from(labels),
    feeds: {
      count,
      starts,
      recurrent: task.cache.map(({ past, present }) => ({ output: present, input: past })),
      inputs: [tokensOf(fed.join(''), task, 1), ...emptyCache(task, 1)],
    },
  };
}
