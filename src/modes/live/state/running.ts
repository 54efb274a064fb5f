import { keptOf, type LiveKept, type LiveShown } from '../../../core/live/shown.ts';
import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { keepScreenOn } from '../../../engine/device/screen.ts';
import { type LaneClient, withLanes } from '../../../engine/race/client.ts';
import { bench } from '../../../state/bench/bench.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import { liveFrom, taskLive } from '../../../state/live/kinds.ts';
import type { LiveKind, LiveSource } from '../../../state/live/source.ts';
import { showFrame } from '../../../state/live/watching.ts';
import type { ModeActions } from '../../../state/modes/actions.ts';
import { changeRun, type ModeRun, modeLanes } from '../../../state/modes/modes.ts';
import { Stoppable } from '../../../state/page/measurementLock.ts';
import { watchVisibility } from '../../../state/page/visibility.ts';
import { LiveRecorder } from '../core/recorder.ts';
import { runLive } from '../core/session.ts';
import { LIVE, live, liveLanes } from './live.ts';

/** Figures are read by people: drawing them for each frame would take time from the lanes. */
const FIGURES_MS = 500;
/** A camera that does not say how often it looks: most look 30 times a second. */
const USUAL_INTERVAL = 1000 / 30;

const stoppable = new Stoppable();

const change = (part: Partial<ModeRun>) => changeRun(LIVE, part);

/** Runs the chosen lanes on the chosen source until it is stopped or over, however that comes. */
async function startLive(): Promise<void> {
  const state = live.getState();
  const model = selectedModel(bench.getState());
  const lanes = liveLanes(modeLanes(bench.getState(), device.getState()), state);
  const kind = model && taskLive(model);
  if (!model || !kind || typeof kind === 'string' || lanes.length === 0) return;
  await stoppable.run('A live session is running.', async (signal) => {
    change({ status: { state: 'running' }, doing: 'Opening' });
    live.setState({ modelId: model.id, session: null });
    const letGo = keepScreenOn();
    try {
      await session(model, await kind, lanes, signal);
      change({ status: { state: 'done' } });
    } catch (thrown) {
      const error = errorFacts(thrown);
      change({ status: signal.aborted ? { state: 'stopped' } : { state: 'failed', error } });
    } finally {
      letGo();
    }
  });
}

/** Stopping closes what it listened to or looked through. */
export const liveActions: ModeActions = { start: startLive, stop: stoppable.stop };

/**
 * Nobody has to answer the browser's question before Stop works; what opens after it is closed.
 * @throws the signal's reason, at once
 */
function unlessStopped(opening: Promise<LiveSource>, signal: AbortSignal): Promise<LiveSource> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    opening.then((source) => (signal.aborted ? source.close() : resolve(source)), reject);
  });
}

async function session(
  model: Model,
  kind: LiveKind,
  lanes: readonly Lane[],
  signal: AbortSignal,
): Promise<void> {
  const from = liveFrom(kind, model, live.getState().from);
  if (!from) throw new RangeError(`There is nothing that ${model.title} could follow.`);
  signal.throwIfAborted();
  // First of all: whoever refuses need not wait for a model before.
  const source = await unlessStopped(kind.open({ model, from, signal }), signal);
  try {
    signal.throwIfAborted();
    await onSource(source, kind, model, lanes, signal);
  } finally {
    source.close();
  }
}

async function onSource(
  source: LiveSource,
  kind: LiveKind,
  model: Model,
  lanes: readonly Lane[],
  signal: AbortSignal,
): Promise<void> {
  const deadline = live.getState().deadlineMs ?? source.interval ?? USUAL_INTERVAL;
  const recorder = new LiveRecorder<LiveShown, LiveKept>(
    lanes.map(({ id }) => id),
    deadline,
    keptOf,
    kind.answers.same,
  );
  const { label } = source;
  const flush = () =>
    live.setState({ session: { model, lanes, label, deadline, figures: recorder.snapshot() } });
  const visibility = watchVisibility((hidden) =>
    change({ status: { state: hidden ? 'paused' : 'running' } }),
  );
  flush();
  let flushed = performance.now();
  const run = async (clients: readonly LaneClient[]) => {
    for (const [i, client] of clients.entries()) {
      change({ doing: `Starting ${lanes[i]?.variant.title}` });
      await client.open(false);
    }
    change({ doing: 'Warming up' });
    await runLive<LiveShown>({
      lanes: lanes.map(({ id }, i) => ({ id, runner: clients[i] as LaneClient })),
      frames: source,
      clock: () => performance.now(),
      ready: visibility.ready,
      disturbed: () => visibility.disturbed() !== null,
      signal,
      emit: (event) => {
        recorder.apply(event);
        if (event.kind === 'warm') {
          change({ doing: '' });
          return;
        }
        if (!event.hidden) showFrame({ frame: event.frame, turns: event.turns, deadline });
        if (performance.now() - flushed < FIGURES_MS) return;
        flushed = performance.now();
        flush();
      },
    });
  };
  try {
    await withLanes(lanes, (lane) => laneFiles(lane, signal), signal, run);
  } finally {
    visibility.end();
    flush();
  }
}
