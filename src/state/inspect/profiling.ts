import type { Backend } from '../../core/backends/backend.ts';
import { backendKey, backendKinds, exactBackendTitle } from '../../core/backends/backends.ts';
import { openTensors } from '../../core/inspect/inspection.ts';
import { readProfile } from '../../core/inspect/profile/events.ts';
import { mergeProfile } from '../../core/inspect/profile/merge.ts';
import { chromeTrace } from '../../core/inspect/profile/trace.ts';
import type { Ceilings } from '../../core/inspect/roofline/ceilings.ts';
import type { Variant } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { Lane } from '../../core/race/lane.ts';
import { medianOf } from '../../core/stats/quantiles.ts';
import { measureDevice, storedCeilings } from '../../engine/device/ceilings.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import type { RuntimeBuild } from '../../engine/protocol.ts';
import { noiseFeeds } from '../../engine/race/noise.ts';
import { observeOutputs } from '../../engine/race/observe.ts';
import { profileLane } from '../../engine/race/profile.ts';
import { buildFor } from '../../engine/runtime/runtime.ts';
import { laneConditions } from '../bench/selectors.ts';
import { device } from '../device/device.ts';
import { runtimeFile } from '../files/downloads.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { fileTitle, saveFile } from '../page/saveFile.ts';
import { inspection } from './inspect.ts';
import { filesOf, showLearned, sourceOf, subjectClient } from './inspecting.ts';
import { type Profiled, type ProfileTask, profileKey, profiles } from './profile.ts';

/** The most, of a fast model: WASM is compiled better during dozens of runs. */
const MAX_RUNS = { warm: 60, measured: 30 } as const;
/** Numbers for the inputs come from this seed, the same on every visit. */
const INPUT_SEED = 1;

/** Where this device can run a profile, its usual backend first. */
export function backendsOf(facts: DeviceFacts | null): Backend[] {
  if (!facts) return [];
  const here = laneConditions(facts);
  return backendKinds()
    .filter((kind) => kind.missing(here) === null)
    .flatMap((kind) => kind.offers(here).map(({ backend }) => backend));
}

export function chosenBackend(facts: DeviceFacts | null, key: string | null): Backend | null {
  const all = backendsOf(facts);
  return all.find((each) => backendKey(each) === key) ?? all[0] ?? null;
}

export const chooseBackend = (backend: string): void => profiles.setState({ backend });

const stoppable = new Stoppable();

/** Ends a running profile or measurement at once. */
export const stopProfile = stoppable.stop;

/** Runs one task at a time, with its progress and its end in the store. */
async function run(
  part: 'profiling' | 'learning' | 'measuring',
  doing: string,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await stoppable.run('The Inspect page is measuring.', async (signal) => {
    const set = (state: ProfileTask) => profiles.setState({ [part]: state });
    set({ state: 'running', doing });
    try {
      await task(signal);
      set({ state: 'idle' });
    } catch (thrown) {
      set(signal.aborted ? { state: 'idle' } : { state: 'failed', error: errorFacts(thrown) });
    }
  });
}

const asVariant = (file: string, bytes: number): Variant => ({
  id: 'profiled',
  title: file,
  precision: 'unknown',
  bytes,
  source: { kind: 'dropped', file },
});

/** What a run of the inspected model needs; null when nothing is ready to run. */
function subjectRun(backend: Backend | null) {
  const { subject, opened } = inspection.getState();
  const ready = opened.subject;
  if (subject === null || ready.state !== 'ready' || !backend) return null;
  const { file, bytes, inputs, sizes } = ready.inspection;
  const variant = sourceOf(subject)?.variant ?? asVariant(file, bytes);
  const lane: Lane = { id: 'inspected', variant, backend, reference: false };
  const build = buildFor(backend);
  const filesWith = (model: Promise<Blob>, signal: AbortSignal) => async () => ({
    build,
    runtime: await runtimeFile(build, signal),
    model: await model,
    external: (await filesOf(subject, signal)).external,
  });
  const feeds = () => noiseFeeds(inputs, sizes, INPUT_SEED);
  return { subject, inspection: ready.inspection, lane, filesWith, feeds };
}

/** Profiles the inspected model on the chosen backend. */
export function startProfile(): Promise<void> {
  const { facts } = device.getState();
  const backend = chosenBackend(facts, profiles.getState().backend);
  const about = subjectRun(backend);
  if (!about || !backend) return Promise.resolve();
  const { subject, lane, filesWith, feeds, inspection: seen } = about;
  const key = profileKey(subject, backend, seen.sizes);
  return run('profiling', `Profiling on ${exactBackendTitle(backend)}`, async (signal) => {
    // Asked for at once: later another model may be the subject.
    const files = filesWith(subjectClient().named(), signal);
    const told = await profileLane(lane, files, await feeds(), MAX_RUNS, signal);
    const profile = mergeProfile(readProfile(told.text), told.runs.warm);
    const profiled = { backend, profile, plainMs: medianOf(told.plainMs) };
    profiles.setState((state) => ({ profiles: { ...state.profiles, [key]: profiled } }));
  });
}

/** Runs the inspected model once, on WASM, and looks at the sizes that inference left open. */
export function learnSizes(): Promise<void> {
  const about = subjectRun(backendsOf(device.getState().facts)[0] ?? null);
  if (!about) return Promise.resolve();
  const { lane, filesWith, feeds, inspection: seen } = about;
  return run('learning', 'Running the model once', async (signal) => {
    const names = openTensors(seen);
    const client = subjectClient();
    const files = filesWith(client.withOutputs(names), signal);
    const observed = await observeOutputs(lane, files, await feeds(), signal);
    const shown = inspection.getState().opened.subject;
    // Another model, or other sizes, by now: what was seen does not hold for it.
    if (shown.state !== 'ready' || shown.inspection !== seen) return;
    showLearned(await client.learn(seen.sizes, observed));
  });
}

/** Hands the user the runs as a file for ui.perfetto.dev or chrome://tracing. */
export function saveTrace({ profile, backend }: Profiled, title: string): void {
  const trace = chromeTrace(profile, `${title}, ${exactBackendTitle(backend)}`);
  const file = new Blob([JSON.stringify(trace)], { type: 'application/json' });
  saveFile(file, `${fileTitle(title)}-${backendKey(backend)}.trace.json`);
}

const withCeilings = (measured: readonly Ceilings[]) =>
  profiles.setState(({ ceilings }) => ({
    ceilings: {
      ...ceilings,
      ...Object.fromEntries(measured.map((each) => [backendKey(each.backend), each])),
    },
  }));

/** Shows what was measured on this device before. */
export function recallCeilings(facts: DeviceFacts): void {
  withCeilings(storedCeilings(facts));
}

/** Measures what the device can do on the chosen backend. */
export function startCeilings(): Promise<void> {
  const { facts } = device.getState();
  const backend = chosenBackend(facts, profiles.getState().backend);
  if (!facts || !backend) return Promise.resolve();
  return run('measuring', `Measuring ${exactBackendTitle(backend)}`, async (signal) => {
    const fetchRuntime = (build: RuntimeBuild) => runtimeFile(build, signal);
    withCeilings([await measureDevice(facts, backend, fetchRuntime, signal)]);
  });
}
