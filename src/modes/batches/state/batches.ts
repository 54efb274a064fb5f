import { Fault } from '../../../core/errors.ts';
import { spell } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import { taskKind } from '../../../core/tasks/register.ts';
import { inputSpecs } from '../../../core/tasks/specs.ts';
import { LaneClient } from '../../../engine/race/client.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import type { LaneMode, LaneTask } from '../../../state/modes/laneMode.ts';
import { drawingDone } from '../../../state/page/drawing.ts';
import { watchVisibility } from '../../../state/page/visibility.ts';
import { BATCH_SIZES, type FreeBatch, freeBatch } from '../core/batches.ts';
import type { BatchesFound } from '../core/found.ts';
import type { BatchRecord } from '../core/record.ts';
import { BatchSweep } from '../core/sweep.ts';
import { type BatchesOptions, options } from './options.ts';

const EMPTY = { opened: null, dimension: '', points: [], excluded: 0, died: null } as const;
/** Drawing waits for the end of a round, and so do rounds for drawing. */
const DRAW_MS = 1500;

/** The free batch dimension of a model; null where only the opened lane can tell. */
const modelBatch = ({ task }: Model): FreeBatch | null =>
  taskKind(task).blind ? freeBatch(inputSpecs(task)) : null;

export const batches: LaneMode<BatchesOptions, BatchesFound> = {
  kind: 'batches',
  options,
  taken: 'A batch sweep is running.',
  fault: (_, model) => {
    const free = modelBatch(model);
    return free && 'missing' in free ? free.missing : null;
  },
  says: ({ seconds }) => `Run for about ${spell(1000 * seconds)}`,
  empty: (lane) => ({ kind: 'batches', record: { lane, ...EMPTY } }),
  run: runBatches,
};

/**
 * Tries batch sizes in rising order, then times those that ran in turn, in an order shuffled anew
 * each round: machines drift, so only what is interleaved compares.
 * @throws the signal's reason on abort; a lane that fails is told in the record
 */
async function runBatches(
  { seconds }: BatchesOptions,
  { lane, feeds, signal, tell, progress, hidden }: LaneTask<BatchesFound>,
): Promise<void> {
  let record: BatchRecord = { lane, ...EMPTY };
  const change = (part: Partial<BatchRecord>) => {
    record = { ...record, ...part };
    tell({ kind: 'batches', record });
  };
  const visibility = watchVisibility(hidden);
  const sweep = new BatchSweep({
    begin: () => new LaneClient(lane, () => laneFiles(lane, signal)),
    random: lane.variant.random !== undefined,
    timerStep: device.getState().facts?.timerStep ?? 1,
    clock: () => performance.now(),
    ready: async () => {
      await visibility.ready();
      await drawingDone();
    },
    disturbed: visibility.disturbed,
    signal,
  });
  signal.addEventListener('abort', () => sweep.end());
  try {
    const opened = await sweep.open();
    const free = freeBatch(opened.inputs);
    if ('missing' in free) throw new Fault('ModelRejectedError', free.missing);
    change({ opened, dimension: free.dimension });
    sweep.feed(await feeds(opened), free.inputs);
    for (const [i, size] of BATCH_SIZES.entries()) {
      progress(`Trying ${size} at once`, (0.2 * i) / BATCH_SIZES.length);
      const goOn = await sweep.attempt(size);
      change({ points: sweep.points() });
      if (!goOn) break;
    }
    let drawn = performance.now();
    await sweep.rounds(seconds, (share) => {
      if (performance.now() - drawn < DRAW_MS) return;
      drawn = performance.now();
      progress('Sizes in turn, in random order', 0.2 + 0.8 * share);
      change({ points: sweep.points(), excluded: sweep.excluded });
    });
    progress('', 1);
  } catch (thrown) {
    signal.throwIfAborted();
    change({ died: errorFacts(thrown) });
  } finally {
    sweep.end();
    visibility.end();
    change({ points: sweep.points(), excluded: sweep.excluded });
  }
}
