import type { StopSignal } from '../../../core/race/race.ts';
import { generate, type Step } from './generate.ts';
import { type Mode, type Problem, promptOf } from './problem.ts';
import { largest } from './sample.ts';
import type { ArithmeticTask } from './task.ts';
import { readWork } from './work.ts';

/** How many of some problems a model got right. */
export interface Score {
  readonly right: number;
  readonly of: number;
}

/**
 * Writes the answers to problems, always the likeliest character, `batch` answers in each run.
 * @throws as `generate`
 * @yields the score so far, after each batch
 */
export async function* solve<Cache>(
  step: Step<Cache>,
  problems: readonly Problem[],
  mode: Mode,
  task: ArithmeticTask,
  batch: number,
  signal: StopSignal,
): AsyncGenerator<Score, void, undefined> {
  let right = 0;
  for (let from = 0; from < problems.length; from += batch) {
    const some = problems.slice(from, from + batch);
    const sequences = some.map((problem) => ({
      prompt: promptOf(problem, mode, task),
      choose: largest,
    }));
    const texts = some.map(() => '');
    for await (const column of generate(step, sequences, task, signal)) {
      for (const [i, character] of column.entries()) texts[i] += character ?? '';
    }
    right += some.filter(
      (problem, i) => readWork(texts[i] ?? '', problem, mode, task).right === true,
    ).length;
    yield { right, of: from + some.length };
  }
}
