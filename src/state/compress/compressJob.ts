/** One compression or proof at a time, with its progress in the store; a signal ends it. */
import { errorFacts } from '../../core/race/events.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { Progress } from '../../engine/protocol.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { compression, type Job } from './compress.ts';

/** Nobody reads a figure that changes faster, and drawing takes time from what is timed. */
const PROGRESS_MS: Milliseconds = 120;

const setJob = (job: Job) => compression.setState({ job });

/** Shows what is being done, but not more often than can be read. */
export const tell: Progress = (doing, done, of) => {
  const { job } = compression.getState();
  if (job.state !== 'running') return;
  const now = performance.now();
  const same = job.doing === doing && job.of === of;
  if (same && done < of && now - shown < PROGRESS_MS) return;
  shown = now;
  setJob({ state: 'running', doing, done, of, since: same ? job.since : now });
};

let shown: Milliseconds = 0;
const stoppable = new Stoppable();

/** Ends what is running at once; what was made and measured stays. */
export const stopCompressing = stoppable.stop;

/** Runs a task, unless another runs. */
export async function runJob(
  doing: string,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await stoppable.run('A model is being compressed.', async (signal) => {
    setJob({ state: 'running', doing, done: 0, of: 0, since: performance.now() });
    try {
      await task(signal);
      setJob({ state: 'idle' });
    } catch (thrown) {
      setJob(signal.aborted ? { state: 'idle' } : { state: 'failed', error: errorFacts(thrown) });
    }
  });
}
