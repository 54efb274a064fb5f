/** The frame of all modes that put one lane through something. */
import type { StoreApi } from 'zustand/vanilla';
import type { Model } from '../../core/models/model.ts';
import type { OneLaneFound } from '../../core/modes/oneLane.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { Lane } from '../../core/race/lane.ts';
import { keepScreenOn } from '../../engine/device/screen.ts';
import { bench } from '../bench/bench.ts';
import { modelAsRun, oneFeed } from '../bench/inputs.ts';
import { selectedModel } from '../bench/selectors.ts';
import { device } from '../device/device.ts';
import { drawingDone } from '../page/drawing.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { beginReport } from '../reports/storing.ts';
import type { ModeActions } from './actions.ts';
import { changeRun, modeLane, modeLanes, modes } from './modes.ts';

/** What a run is given. */
export interface LaneTask<F extends OneLaneFound> {
  readonly lane: Lane;
  readonly feeds: FeedsFor;
  /** Aborted when the user stops it. */
  readonly signal: AbortSignal;
  /** Shows and stores what was found so far. */
  readonly tell: (found: F) => void;
  /** @param share how much is over, 0 to 1 */
  readonly progress: (doing: string, share: number) => void;
  /** Told when the tab is hidden and comes back. */
  readonly hidden: (hidden: boolean) => void;
}

/** A mode that runs one lane. */
export interface LaneMode<Options, F extends OneLaneFound> {
  readonly kind: F['kind'];
  /** What the user sets of the runs to come; at first the usual. */
  readonly options: StoreApi<Options>;
  /** What holds the device meanwhile, as a sentence. */
  readonly taken: string;
  /** Why it cannot run as set, as a sentence; null when it can. */
  readonly fault: (options: Options, model: Model) => string | null;
  /** On its button: "Run for 2 minutes". */
  readonly says: (options: Options, fault: string | null) => string;
  /** What was found before anything was. */
  readonly empty: (lane: Lane, options: Options) => F;
  /** @throws the signal's reason on abort; a lane that fails is told in the record */
  readonly run: (options: Options, task: LaneTask<F>) => Promise<void>;
}

const stoppable = new Stoppable();

/** How such a mode is started and stopped, as every mode is. */
export const laneActions = <Options, F extends OneLaneFound>(
  mode: LaneMode<Options, F>,
): ModeActions => ({ start: () => start(mode), stop: stoppable.stop });

async function start<Options, F extends OneLaneFound>(mode: LaneMode<Options, F>): Promise<void> {
  const selected = selectedModel(bench.getState());
  const lane = modeLane(modeLanes(bench.getState(), device.getState()), modes.getState().laneId);
  const options = mode.options.getState();
  if (!selected || !lane || mode.fault(options, selected) !== null) return;
  const model = modelAsRun(selected, bench.getState());
  await stoppable.run(mode.taken, (signal) => run(mode, options, model, lane, signal));
}

async function run<Options, F extends OneLaneFound>(
  mode: LaneMode<Options, F>,
  options: Options,
  model: Model,
  lane: Lane,
  signal: AbortSignal,
): Promise<void> {
  const { kind } = mode;
  const empty = mode.empty(lane, options);
  changeRun(kind, {
    status: { state: 'running' },
    doing: `Starting ${lane.variant.title}`,
    share: 0,
    found: empty,
  });
  const report = beginReport(model, empty);
  const letGo = keepScreenOn();
  try {
    // The page answers the press before anything is measured.
    await new Promise((resolve) => setTimeout(resolve));
    await drawingDone();
    await mode.run(options, {
      lane,
      feeds: oneFeed(model, bench.getState()),
      signal,
      tell: (found) => {
        changeRun(kind, { found });
        report.update(found);
      },
      progress: (doing, share) => changeRun(kind, { doing, share }),
      hidden: (hidden) => changeRun(kind, { status: { state: hidden ? 'paused' : 'running' } }),
    });
    changeRun(kind, { status: { state: 'done' } });
    await report.end('done', null);
  } catch (thrown) {
    const error = errorFacts(thrown);
    const stopped = signal.aborted;
    changeRun(kind, { status: stopped ? { state: 'stopped' } : { state: 'failed', error } });
    await report.end(stopped ? 'stopped' : 'failed', stopped ? null : error);
  } finally {
    letGo();
  }
}
