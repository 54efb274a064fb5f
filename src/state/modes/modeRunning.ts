import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { Lane } from '../../core/race/lane.ts';
import { keepScreenOn } from '../../engine/device/screen.ts';
import { bench } from '../bench/bench.ts';
import { modelAsRun, oneFeed } from '../bench/inputs.ts';
import { selectedModel } from '../bench/selectors.ts';
import { device } from '../device/device.ts';
import { Stoppable } from '../page/cores.ts';
import { drawingDone } from '../page/drawing.ts';
import { beginReport } from '../reports/keeping.ts';
import {
  changeRun,
  type FoundOf,
  type Kind,
  modeFault,
  modeLane,
  modeLanes,
  modes,
} from './modes.ts';

/** What a run of one kind is given. */
export interface ModeTask<K extends Kind> {
  readonly lane: Lane;
  readonly feeds: FeedsFor;
  /** Aborted when the user stops it. */
  readonly signal: AbortSignal;
  /** Shows and stores what was found so far. */
  readonly tell: (found: FoundOf<K>) => void;
  readonly progress: (doing: string, share: number) => void;
  /** Told when the tab is hidden and comes back. */
  readonly hidden: (hidden: boolean) => void;
}

const stoppable = new Stoppable();

/** Ends a run at once; what was measured stays. */
export const stopMode = stoppable.stop;

const TAKEN: Readonly<Record<Kind, string>> = {
  sustained: 'A lane runs without a pause.',
  load: 'A lane is put under load.',
  batches: 'Batch sizes are tried.',
};

/** Runs what is chosen on the bench; resolves when it is over, however it ended. */
export async function startMode(): Promise<void> {
  const state = modes.getState();
  const { mode } = state;
  const selected = selectedModel(bench.getState());
  const lane = modeLane(modeLanes(bench.getState(), device.getState()), state.laneId);
  if (mode === 'race' || mode === 'live' || !selected || !lane) return;
  if (modeFault(state, selected) !== null) return;
  const model = modelAsRun(selected, bench.getState());
  await stoppable.run(TAKEN[mode], async (signal) => {
    switch (mode) {
      case 'sustained': {
        const { runSustained, emptySustained } = await import(
          '../../modes/sustained/state/sustained.ts'
        );
        const { seconds, deadlineMs } = state;
        const settings = { seconds, deadlineMs, seed: 1 };
        return run(model, lane, mode, emptySustained(lane, settings), signal, (task) =>
          runSustained(settings, task),
        );
      }
      case 'load': {
        const { runLoads, emptyLoads } = await import('../../modes/load/state/load.ts');
        return run(model, lane, mode, emptyLoads(lane), signal, (task) =>
          runLoads(state.loadLength, task),
        );
      }
      case 'batches': {
        const { runBatches, emptyBatches } = await import('../../modes/batches/state/batches.ts');
        return run(model, lane, mode, emptyBatches(lane), signal, (task) =>
          runBatches(state.batchSeconds, task),
        );
      }
      default:
        return mode satisfies never;
    }
  });
}

async function run<K extends Kind>(
  model: Model,
  lane: Lane,
  kind: K,
  empty: FoundOf<K>,
  signal: AbortSignal,
  task: (task: ModeTask<K>) => Promise<void>,
): Promise<void> {
  changeRun(kind, {
    status: { state: 'running' },
    doing: `Starting ${lane.variant.title}`,
    share: 0,
    found: empty,
  });
  const kept = beginReport(model, empty);
  const letGo = keepScreenOn();
  try {
    // The page answers the press before anything is measured.
    await new Promise((resolve) => setTimeout(resolve));
    await drawingDone();
    await task({
      lane,
      feeds: oneFeed(model, bench.getState()),
      signal,
      tell: (found) => {
        changeRun(kind, { found });
        kept.update(found);
      },
      progress: (doing, share) => changeRun(kind, { doing, share }),
      hidden: (hidden) => changeRun(kind, { status: { state: hidden ? 'paused' : 'running' } }),
    });
    changeRun(kind, { status: { state: 'done' } });
    await kept.end('done', null);
  } catch (thrown) {
    const error = errorFacts(thrown);
    const stopped = signal.aborted;
    changeRun(kind, { status: stopped ? { state: 'stopped' } : { state: 'failed', error } });
    await kept.end(stopped ? 'stopped' : 'failed', stopped ? null : error);
  } finally {
    letGo();
  }
}
