import type { Backend } from '../../core/backends/backend.ts';
import { Fault } from '../../core/errors.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { referenceVariant } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import { randomFeeds } from '../../core/race/inputs.ts';
import type { Lane } from '../../core/race/lane.ts';
import { Recorder } from '../../core/race/record.ts';
import { DOUBLED, doubledLanes, doubledWork } from '../../core/selftest/doubled.ts';
import { judgeKnownCost, judgeNullRaces, judgeOverhead } from '../../core/selftest/races.ts';
import { type Check, SELF_TEST_VERSION, type SelfTest } from '../../core/selftest/selftest.ts';
import { judgeTimer } from '../../core/selftest/timer.ts';
import {
  BASELINE,
  deathIn,
  FINER_TIMING,
  twinLanes,
  twinRatios,
} from '../../core/selftest/twins.ts';
import { unknownModelTask } from '../../core/tasks/register.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { buildFor } from '../../engine/runtime/runtime.ts';
import { BaselineRunner } from '../../engine/selftest/baseline.ts';
import { measureClocks, storeSelfTest } from '../../engine/selftest/selftest.ts';
import { bench } from '../bench/bench.ts';
import { raceFigures } from '../bench/selectors.ts';
import { device } from '../device/device.ts';
import { laneFiles, runtimeFile } from '../files/downloads.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { type PageRace, raceLanes } from '../race/racing.ts';
import { selfTests } from './selfTest.ts';

/** Six sessions are the fewest that give an interval of 95% for their median. */
const RACES = 6;
/** Rounds rather than seconds: a slow device takes longer and finds as much. Some 3 s on a laptop. */
const ROUNDS = 48;
/** A device too busy to get there is called so, and not waited for. */
const MAX_SECONDS = 12;
/** Of the whole test's time, by experience. */
const SHARES = { timer: 0.05, races: 0.8 } as const;
const INPUT_SEED = 1;

const stoppable = new Stoppable();

/** Ends a running self-test at once; the one before stays. */
export const stopSelfTest = stoppable.stop;

/** Lets the instrument prove itself on this device; takes some 40 s on a laptop. */
export async function startSelfTest(): Promise<void> {
  const { facts } = device.getState();
  if (!facts) return;
  await stoppable.run('The self-test is running.', async (signal) => {
    try {
      const latest = await selfTest(facts, signal);
      storeSelfTest(facts, latest);
      selfTests.setState({ status: { state: 'idle' }, latest });
    } catch (thrown) {
      const error = errorFacts(thrown);
      selfTests.setState({
        status: signal.aborted ? { state: 'stopped' } : { state: 'failed', error },
      });
    }
  });
}

async function selfTest(facts: DeviceFacts, signal: AbortSignal): Promise<SelfTest> {
  const backend: Backend = { kind: 'wasm', threads: facts.threads };
  const checks: Check[] = [];
  const tell = (doing: string, share: number) =>
    selfTests.setState({ status: { state: 'running', doing, share, checks: [...checks] } });

  tell('Checking the clock', 0);
  checks.push(judgeTimer(await measureClocks(signal)));

  const ratios: ReturnType<typeof twinRatios>[] = [];
  for (let i = 0; i < RACES; i++) {
    const done = SHARES.timer + (SHARES.races * i) / RACES;
    tell(`Race ${i + 1} of ${RACES}: a model against itself and against a baseline loop`, done);
    ratios.push(twinRatios(await raceTwins(facts, backend, i + 1, signal)));
  }
  checks.push(judgeNullRaces(ratios.map((each) => each.null)));

  tell('A chain of products against one twice as long', SHARES.timer + SHARES.races);
  checks.push(judgeKnownCost(doubledWork(await raceDoubled(signal))));
  checks.push(judgeOverhead(ratios.map(({ overhead }) => overhead)));
  return { version: SELF_TEST_VERSION, at: new Date().toISOString(), checks };
}

/** A new session for each lane, so that what sessions differ by is in the ratios. */
function raceTwins(
  facts: DeviceFacts,
  backend: Backend,
  seed: number,
  signal: AbortSignal,
): Promise<readonly LaneFigures[]> {
  const [model] = bench.getState().models;
  if (!model) throw new Fault('ManifestError', 'There is no model on this page to race.');
  const lanes = twinLanes(referenceVariant(model), backend);
  // Every second race opens them the other way round: what opened first may have it easier.
  const order = seed % 2 === 0 ? [...lanes].reverse() : lanes;
  return figuresOfRace(order, {
    seed,
    finer: FINER_TIMING,
    signal,
    runnerOf: (lane) =>
      lane.id === BASELINE
        ? new BaselineRunner(() => laneFiles(lane, signal), facts.threads)
        : null,
  });
}

/** On one thread: how well several share a product among them is not what is asked. */
function raceDoubled(signal: AbortSignal): Promise<readonly LaneFigures[]> {
  const backend: Backend = { kind: 'wasm', threads: 1 };
  return figuresOfRace(doubledLanes(backend), {
    signal,
    files: async ({ id }) => {
      const build = buildFor(backend);
      const parts = DOUBLED[id as keyof typeof DOUBLED].parts();
      // BlobPart wants to be sure that no part is shared memory; the codec shares none.
      const model = new Blob(parts as Uint8Array<ArrayBuffer>[]);
      return { build, runtime: await runtimeFile(build, signal), model };
    },
  });
}

/** @throws the error of a lane that died: a race that lacks one proves nothing */
async function figuresOfRace(
  lanes: readonly Lane[],
  race: Pick<PageRace, 'signal' | 'seed' | 'finer' | 'files' | 'runnerOf'>,
): Promise<readonly LaneFigures[]> {
  const task = unknownModelTask();
  const variants = lanes.map(({ variant }) => variant);
  const model = { id: 'self-test', title: 'Self-test', sentence: '', task, variants };
  const recorder = new Recorder(model, lanes, {});
  let rounds = 0;
  await raceLanes(lanes, {
    ...race,
    stop: { kind: 'enough', seconds: MAX_SECONDS },
    enough: () => rounds++ >= ROUNDS,
    feeds: ({ inputs }) => randomFeeds(inputs, {}, INPUT_SEED),
    checks: null,
    checkMs: 0,
    emit: (event) => recorder.apply(event),
  });
  const record = recorder.snapshot();
  const death = deathIn(record);
  if (death) throw death;
  return raceFigures(record, device.getState());
}
