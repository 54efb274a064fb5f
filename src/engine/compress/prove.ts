/** Proves a variant: its answers, its speed and each layer's error, held against the original. */

import type { Backend } from '../../core/backends/backend.ts';
import { exactBackendTitle } from '../../core/backends/backends.ts';
import { type AnswerFacts, AnswerTally } from '../../core/compress/proof/answers.ts';
import { Laps } from '../../core/compress/proof/laps.ts';
import { LayerTally } from '../../core/compress/proof/layers.ts';
import type { Answers, LayerError, Timing } from '../../core/compress/proof/proof.ts';
import { Fault, type FaultName } from '../../core/errors.ts';
import { readProfile } from '../../core/inspect/profile/events.ts';
import { mergeProfile } from '../../core/inspect/profile/merge.ts';
import type { Profile } from '../../core/inspect/profile/profile.ts';
import type { Disturbance } from '../../core/race/events.ts';
import { someFeeds } from '../../core/race/feeds.ts';
import type { Lane } from '../../core/race/lane.ts';
import { runRace } from '../../core/race/race.ts';
import type { LaneRunner } from '../../core/session/runner.ts';
import type { FeedSet, OutputTensor } from '../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../core/units.ts';
import { totalBytes } from '../files/size.ts';
import type { ModelFiles, ProfileRuns, Progress, ProofFiles, RuntimeBuild } from '../protocol.ts';
import { type LaneClient, withLane, withLanes } from '../race/client.ts';
import { profileLane } from '../race/profile.ts';

/** Where things run. */
export interface Bench {
  /** The build for the backend. */
  readonly runtime: { readonly build: RuntimeBuild; readonly runtime: Blob };
  readonly backend: Backend;
}

/** Inputs that were not used for calibration. */
export interface ProofInputs extends AnswerFacts {
  readonly feeds: FeedSet;
}

/** What a page knows of the clock and of itself; see `RaceOptions`. */
export interface Watch {
  readonly timerStep: Milliseconds;
  readonly ready: () => Promise<void>;
  readonly disturbed: () => Disturbance | null;
}

/** Feeds that one lane runs before the other has its turn. */
const BLOCK = 16;
/** Seconds of racing for each lane. */
export const RACE_SECONDS = 4;
const SEED = 1;
const RUNS: ProfileRuns = { warm: 10, measured: 10 };
/** Layers need few inputs: each has thousands of numbers. */
const LAYER_INPUTS = 8;

const laneOf = (id: string, files: ModelFiles, backend: Backend): Lane => ({
  id,
  variant: {
    id,
    title: files.file,
    precision: 'unknown',
    bytes: totalBytes(files),
    source: { kind: 'dropped', file: files.file },
  },
  backend,
  reference: false,
});

const filesFor =
  ({ model, external }: ModelFiles, { runtime }: Bench) =>
  async () => ({ ...runtime, model, external });

/** Runs a block of feeds and gives their outputs. */
async function block(
  client: LaneClient,
  from: number,
  count: number,
): Promise<readonly (readonly OutputTensor[])[]> {
  const request = { slot: 'check', from, count, repeat: 1, batch: 1, keep: true } as const;
  return (await client.turn(request)).outputs;
}

/**
 * Compares a variant's answers with the original's.
 * @throws Fault as `LaneRunner` does, AnswerError; the signal's reason, at once
 */
export function proveAnswers(
  original: ModelFiles,
  variant: ModelFiles,
  inputs: ProofInputs,
  bench: Bench,
  progress: Progress,
  signal: AbortSignal,
): Promise<Answers> {
  const { feeds } = inputs;
  const tally = new AnswerTally(inputs);
  const lanes = [original, variant].map((files, i) => laneOf(`proof${i}`, files, bench.backend));
  const [first, second] = lanes as [Lane, Lane];
  return withLane(first, filesFor(original, bench), signal, (one) =>
    withLane(second, filesFor(variant, bench), signal, async (other) => {
      for (const client of [one, other]) {
        await client.open(false);
        await client.load('check', feeds);
      }
      for (let from = 0; from < feeds.count; from += BLOCK) {
        progress('Comparing answers', from, feeds.count);
        const count = Math.min(BLOCK, feeds.count - from);
        const was = await block(one, from, count);
        const is = await block(other, from, count);
        was.forEach((outputs, i) => {
          tally.add(outputs, is[i] ?? []);
        });
      }
      return tally.result();
    }),
  );
}

/**
 * Finds the error of every tensor that both models make.
 * @param file what runs both, for messages
 * @throws Fault as `LaneRunner` does, and why the two do not fit into one model; the signal's reason, at once
 */
export async function proveLayers(
  file: string,
  layers: ProofFiles['layers'],
  { feeds }: Pick<ProofInputs, 'feeds'>,
  bench: Bench,
  progress: Progress,
  signal: AbortSignal,
): Promise<readonly LayerError[]> {
  if (!('probes' in layers)) throw new Fault(layers.name as FaultName, layers.message);
  const files = { file: `${file}, layer by layer`, model: layers.model, external: [] };
  const tally = new LayerTally(layers.probes);
  const lane = laneOf('layers', files, bench.backend);
  return withLane(lane, filesFor(files, bench), signal, async (client) => {
    await client.open(false);
    const count = Math.min(feeds.count, LAYER_INPUTS);
    await client.load('check', someFeeds(feeds, 0, count));
    for (let from = 0; from < count; from++) {
      progress('Comparing layers', from, count);
      for (const outputs of await block(client, from, 1)) tally.add(outputs);
    }
    return tally.result();
  });
}

/**
 * Profiles a model.
 * @param named of which every node has a name
 * @throws Fault as `LaneRunner.open`, ProfileError; the signal's reason, at once
 */
export async function profileOf(
  file: string,
  named: Blob,
  feeds: FeedSet,
  bench: Bench,
  runs: ProfileRuns,
  signal: AbortSignal,
): Promise<Profile> {
  const files = { file, model: named, external: [] };
  const lane = laneOf('profiled', files, bench.backend);
  const told = await profileLane(
    lane,
    filesFor(files, bench),
    someFeeds(feeds, 0, 1),
    runs,
    signal,
  );
  return mergeProfile(readProfile(told.text), told.runs.warm);
}

/**
 * Races models in turns, on one input.
 * @param models the first is the one against which the others are held
 * @param seconds for each of them
 * @returns in the order of the models
 * @throws Fault as `LaneRunner` does; the signal's reason, at once
 */
export async function raceModels(
  models: readonly ModelFiles[],
  feeds: FeedSet,
  bench: Bench,
  watch: Watch,
  progress: Progress,
  signal: AbortSignal,
  seconds = RACE_SECONDS,
): Promise<ReturnType<Laps['result']>> {
  const lanes = models.map((files, i) => laneOf(`racer${i}`, files, bench.backend));
  const filesOf = (_: Lane, i: number) => filesFor(models[i] as ModelFiles, bench)();
  const laps = new Laps();
  const first = someFeeds(feeds, 0, 1);
  return withLanes(lanes, filesOf, signal, async (clients) => {
    await runRace({
      racers: lanes.map(({ id }, i) => ({ id, runner: unplaced(clients[i] as LaneClient) })),
      reference: 'racer0',
      feeds: () => first,
      checks: null,
      checkMs: 0,
      stop: { kind: 'seconds', seconds: seconds * lanes.length },
      seed: SEED,
      clock: () => performance.now(),
      signal,
      ...watch,
      emit: (event) => {
        laps.apply(event);
        progress('Racing', Math.round(laps.progress * 100), 100);
      },
    });
    return laps.result(lanes.map(({ id }) => id));
  });
}

/** Opens without asking where its nodes run: nobody wants to know it here. */
const unplaced = (client: LaneClient): LaneRunner => ({
  open: () => client.open(false),
  load: (slot, feeds) => client.load(slot, feeds),
  turn: (request) => client.turn(request),
});

/**
 * Races a variant against the original, and asks the profiler what it ran as.
 * @param named the variant with a name for every node
 * @throws Fault as `LaneRunner` does; the signal's reason, at once
 */
export async function proveTiming(
  original: ModelFiles,
  variant: ModelFiles,
  named: Blob,
  { feeds }: Pick<ProofInputs, 'feeds'>,
  bench: Bench,
  watch: Watch,
  progress: Progress,
  signal: AbortSignal,
): Promise<Timing> {
  const laps = await raceModels([original, variant], feeds, bench, watch, progress, signal);
  const [was, is] = laps as [(typeof laps)[0], (typeof laps)[0]];
  progress('Profiling', 0, 0);
  return {
    backend: exactBackendTitle(bench.backend),
    originalMs: was.ms,
    variantMs: is.ms,
    speedup: is.speedup,
    ran: await ranAs(variant.file, named, feeds, bench, signal),
  };
}

async function ranAs(
  file: string,
  named: Blob,
  feeds: FeedSet,
  bench: Bench,
  signal: AbortSignal,
): Promise<Timing['ran']> {
  try {
    const { int8, float } = (await profileOf(file, named, feeds, bench, RUNS, signal)).arithmetic;
    return { int8: int8.nodes, float: float.nodes };
  } catch {
    // The race stands without it.
    signal.throwIfAborted();
    return null;
  }
}
