import { createStore } from 'zustand/vanilla';
import { type ErrorFacts, errorFacts } from '../../../core/race/events.ts';
import { withLane } from '../../../engine/race/client.ts';
import { bench } from '../../../state/bench/bench.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import { Stoppable } from '../../../state/page/measurementLock.ts';
import type { Mode } from '../core/problem.ts';
import { type Score, solve } from '../core/solve.ts';
import { stepOn } from '../core/step.ts';
import { heldOutProblems, taskOf } from './state.ts';
import { chosenGenerators, generatorsOf, type TokenGenerator, thinking } from './thinking.ts';

/** Answers that are written in one run; more would take long to cancel. */
export const SOLVED_AT_ONCE = 50;

/** How one lane does on problems that nobody trained on. */
export interface Solving {
  readonly generator: TokenGenerator;
  readonly score: Score;
  readonly fault: ErrorFacts | null;
}

export interface SolvingState {
  readonly running: boolean;
  readonly modelId: string | null;
  readonly mode: Mode;
  /** How many problems there are to solve. */
  readonly whole: number;
  readonly lanes: readonly Solving[];
}

export const solving = createStore<SolvingState>(() => ({
  running: false,
  modelId: null,
  mode: 'think',
  whole: 0,
  lanes: [],
}));

const stoppable = new Stoppable();

export const stopSolving = stoppable.stop;

function change(at: number, part: Partial<Solving>): void {
  solving.setState(({ lanes }) => ({
    lanes: lanes.map((lane, i) => (i === at ? { ...lane, ...part } : lane)),
  }));
}

/** Lets the chosen lanes answer all held-out problems, one lane after the other. */
export async function solveAll(): Promise<void> {
  const generators = chosenGenerators(
    generatorsOf(bench.getState(), device.getState()),
    thinking.getState(),
  );
  const { modelId } = bench.getState();
  const { mode } = thinking.getState();
  await stoppable.run('Problems are being solved.', async (signal) => {
    // What is no longer shown must not go on unseen.
    const leave = bench.subscribe((state) => state.modelId !== modelId && stopSolving());
    const score = { right: 0, of: 0 };
    const lanes = generators.map((generator) => ({ generator, score, fault: null }));
    solving.setState({ running: true, modelId, mode, whole: 0, lanes });
    try {
      for (const [i, generator] of generators.entries()) {
        await solveWith(generator, mode, signal, (found) => change(i, { score: found })).catch(
          (thrown) => {
            signal.throwIfAborted();
            change(i, { fault: errorFacts(thrown) });
          },
        );
      }
    } catch (thrown) {
      // What was counted so far stays, as so many of those tried.
      if (!signal.aborted) throw thrown;
    } finally {
      leave();
      solving.setState({ running: false });
    }
  });
}

async function solveWith(
  { model, lane }: TokenGenerator,
  mode: Mode,
  signal: AbortSignal,
  tell: (score: Score) => void,
): Promise<void> {
  const task = taskOf(model);
  const problems = await heldOutProblems(model, signal);
  solving.setState({ whole: problems.length });
  await withLane(
    lane,
    () => laneFiles(lane, signal),
    signal,
    async (client) => {
      await client.open(false);
      const step = stepOn(
        client,
        task,
        () => performance.now(),
        () => {},
      );
      const scores = solve(step, problems, mode, task, SOLVED_AT_ONCE, signal);
      for await (const score of scores) tell(score);
    },
  );
}
