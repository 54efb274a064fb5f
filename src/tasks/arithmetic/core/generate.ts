import { Fault } from '../../../core/errors.ts';
import type { StopSignal } from '../../../core/race/race.ts';
import type { FeedInput } from '../../../core/tensors/tensors.ts';
import type { Choose } from './sample.ts';
import type { ArithmeticTask } from './task.ts';
import { encode } from './tokens.ts';

/** What one run of the model is given. */
export interface StepFeeds<Cache> {
  /** The tokens that are new to it, int32 [batch, length]. */
  readonly tokens: FeedInput;
  /** What the run before left; null in the first, which takes `emptyCache`. */
  readonly cache: Cache | null;
}

export interface StepResult<Cache> {
  /** [batch, vocabulary], row by row. */
  readonly logits: Float32Array;
  readonly cache: Cache;
}

/** Runs the model; where it runs and where its cache lies is the caller's matter. */
export type Step<Cache> = (feeds: StepFeeds<Cache>) => Promise<StepResult<Cache>>;

export interface Sequence {
  readonly prompt: string;
  readonly choose: Choose;
}

type Vocabulary = Pick<ArithmeticTask, 'vocabulary'>;

/** Inputs of the first run: a cache of no characters. */
export function emptyCache(
  { cache, heads, headWidth }: Pick<ArithmeticTask, 'cache' | 'heads' | 'headWidth'>,
  batch: number,
): FeedInput[] {
  const dims = [batch, heads, 0, headWidth];
  return cache.map(({ past }) => ({
    name: past,
    type: 'float32',
    dims,
    data: new Float32Array(0),
  }));
}

/** All prompts, one after another; they are equally long, as the model knows no filling. */
function prefill(
  sequences: readonly Sequence[],
  task: Vocabulary,
): [Int32Array<ArrayBuffer>, number] {
  const lengths = new Set(sequences.map(({ prompt }) => prompt.length));
  const [length = 0] = lengths;
  if (lengths.size !== 1 || length === 0) {
    throw new RangeError(
      'All prompts of a batch must have the same length, of at least one character.',
    );
  }
  return [encode(sequences.map(({ prompt }) => prompt).join(''), task), length];
}

/** Logits of each sequence. */
function rowsOf(logits: Float32Array, batch: number, size: number): Float32Array[] {
  if (logits.length !== batch * size) {
    throw new Fault(
      'AnswerError',
      `The model returned ${logits.length} scores where ${batch} × ${size} were expected.`,
    );
  }
  return Array.from({ length: batch }, (_, i) => logits.subarray(i * size, (i + 1) * size));
}

/**
 * Writes the answers to a batch of prompts: the first run reads them whole, every later one the
 * character that was written last. Yields after each run the new character of every sequence, and
 * null for those that have ended; is done when all have, or when the model can see no further.
 *
 * @throws RangeError for prompts that the model cannot read
 * @throws Fault AnswerError when the model answers with another number of logits
 * @throws what `signal` throws, before each run
 */
export async function* generate<Cache>(
  step: Step<Cache>,
  sequences: readonly Sequence[],
  task: Pick<ArithmeticTask, 'tokens' | 'vocabulary' | 'context' | 'end'>,
  signal: StopSignal,
): AsyncGenerator<readonly (string | null)[], void, undefined> {
  const batch = sequences.length;
  const ended = sequences.map(() => false);
  let [data, length] = prefill(sequences, task);
  let cache: Cache | null = null;
  for (let seen = length; seen <= task.context; seen++) {
    signal.throwIfAborted();
    const tokens: FeedInput = { name: task.tokens, type: 'int32', dims: [batch, length], data };
    const result: StepResult<Cache> = await step({ tokens, cache });
    const rows = rowsOf(result.logits, batch, task.vocabulary.length);
    const written = sequences.map(({ choose }, i) =>
      ended[i] ? null : task.vocabulary.charAt(choose(rows[i] as Float32Array)),
    );
    yield written;
    for (const [i, character] of written.entries()) ended[i] ||= character === task.end;
    if (ended.every(Boolean)) return;
    cache = result.cache;
    length = 1;
    // A sequence that has ended is fed its end again; what follows is not read.
    data = encode(written.map((character) => character ?? task.end).join(''), task);
  }
}
