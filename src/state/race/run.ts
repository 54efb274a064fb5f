import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { Lane } from '../../core/race/lane.ts';
import { Recorder, settled } from '../../core/race/record.ts';
import { leastSure, type Unsure, WANTED } from '../../core/stats/enough.ts';
import { bench } from '../bench/bench.ts';
import { modelAsRun, raceInputs, taskState } from '../bench/inputs.ts';
import { laneChoices, selectedModel } from '../bench/selectors.ts';
import type { RaceInputs } from '../bench/taskState.ts';
import { device } from '../device/device.ts';
import { followRace } from '../device/pageMemory.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { type RaceStatus, race } from './race.ts';
import { raceLanes } from './racing.ts';

/** Between two drawings; drawing more often shows no more. */
const FLUSH_MS = 400;
/** In phases without rounds, and while a round takes long, drawing does not wait for its end. */
const IMPATIENT_MS = 1200;
/** Time each lane may spend on the labelled inputs after its rounds. */
const CHECK_MS = 1500;
/** Between two looks at how sure a race is, since looking takes time too. */
const LOOK_MS = 500;

const stoppable = new Stoppable();

/** Ends a running race at once; what was measured stays. */
export const stopRace = stoppable.stop;

const setStatus = (status: RaceStatus) => race.setState({ status });

/** Runs the chosen lanes; resolves when the race is over, however it ended. */
export async function startRace(): Promise<void> {
  const state = bench.getState();
  const model = selectedModel(state);
  const lanes = laneChoices(state, device.getState())
    .filter(({ chosen }) => chosen)
    .map(({ lane }) => lane);
  if (!model || lanes.length === 0) return;
  await stoppable.run('A race is running.', async (signal) => {
    race.setState({ status: { state: 'running' }, record: null, unsure: null });
    try {
      // The page answers the press in one task and lays out the results in another.
      await new Promise((resolve) => setTimeout(resolve));
      await taskState(model);
      signal.throwIfAborted();
      const raced = modelAsRun(model, state);
      await recordRace(raced, lanes, await raceInputs(raced, state, signal), signal);
      setStatus({ state: 'done' });
    } catch (thrown) {
      if (signal.aborted) setStatus({ state: 'stopped' });
      else {
        setStatus({ state: 'failed', error: errorFacts(thrown) });
      }
    }
  });
}

/** Looks now and then at how sure a race is of its figures. */
class Sureness {
  /** What was least sure at the last look. */
  unsure: Unsure | null = null;
  private looked = performance.now();
  private readonly recorder: Recorder;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  isEnough(): boolean {
    if (performance.now() - this.looked < LOOK_MS) return false;
    const lanes = this.recorder
      .snapshot()
      .lanes.filter(({ state }) => state.name !== 'died')
      .sort((a, b) => Number(b.lane.reference) - Number(a.lane.reference));
    this.unsure = leastSure(lanes.map(({ lane, turns }) => ({ lane: lane.id, rounds: turns })));
    this.looked = performance.now();
    return this.unsure !== null && this.unsure.halfWidth <= WANTED;
  }
}

async function recordRace(
  model: Model,
  lanes: readonly Lane[],
  inputs: RaceInputs,
  signal: AbortSignal,
): Promise<void> {
  const recorder = new Recorder(model, lanes, inputs.labels, inputs.counter);
  const sureness = new Sureness(recorder);
  let flushed = performance.now();
  const flush = () => {
    flushed = performance.now();
    race.setState({ record: recorder.snapshot(), unsure: sureness.unsure });
  };
  const flushIfOlder = (ms: number) => performance.now() - flushed >= ms && flush();
  flush();
  const timer = setInterval(() => flushIfOlder(IMPATIENT_MS), FLUSH_MS);
  try {
    await raceLanes(lanes, {
      feeds: inputs.feeds,
      checks: inputs.checks,
      checkMs: inputs.checkMs ?? CHECK_MS,
      stop: inputs.stop,
      enough: () => sureness.isEnough(),
      signal,
      hidden: (hidden) => setStatus({ state: hidden ? 'paused' : 'running' }),
      beforeRound: () => flushIfOlder(FLUSH_MS),
      linger: followRace(),
      emit: (event) => {
        recorder.apply(event);
        // A user timing, for profilers and for bench/first-load.
        if (event.kind === 'cold') performance.mark('first-inference', { detail: event.lane });
        if (event.kind === 'phase') flush();
      },
    });
  } finally {
    clearInterval(timer);
    race.setState({ record: settled(recorder.snapshot()), unsure: sureness.unsure });
  }
}
