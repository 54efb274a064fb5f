/** Proves what was made, one part after the other; each is shown as it comes and can fail alone. */
import { type Model, randomIn, runsOnNoise } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import { someFeeds } from '../../core/race/feeds.ts';
import { isClassifier } from '../../core/tasks/answers.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import {
  type Bench,
  proveAnswers,
  proveLayers,
  proveTiming,
  type Watch,
} from '../../engine/compress/prove.ts';
import type { ModelFiles, ProofFiles } from '../../engine/protocol.ts';
import { namesOfClasses } from '../bench/inputs.ts';
import { device } from '../device/device.ts';
import { runtimeFile } from '../files/downloads.ts';
import { watchVisibility } from '../page/visibility.ts';
import { compression, type Part, type Proof } from './compress.ts';
import { type Inputs, rememberProof } from './compressInputs.ts';
import { tell } from './compressJob.ts';

/** Where everything on this page runs: the backend that every browser has, with all threads. */
export async function proofBench(signal: AbortSignal): Promise<Bench> {
  const threads = device.getState().facts?.threads ?? 1;
  return {
    runtime: { build: 'wasm', runtime: await runtimeFile('wasm', signal) },
    backend: { kind: 'wasm', threads },
  };
}

/** Runs a measurement that must not run while the page is hidden. */
export async function watched<T>(measure: (watch: Watch) => Promise<T>): Promise<T> {
  const visibility = watchVisibility((hidden) => {
    if (hidden) tell('Waiting for this tab to become visible', 0, 0);
  });
  try {
    return await measure({
      timerStep: device.getState().facts?.timerStep ?? 1,
      ready: visibility.ready,
      disturbed: visibility.disturbed,
    });
  } finally {
    visibility.end();
  }
}

/** What a proof runs on, in the words of the engine. */
export const proofInputs = ({ feeds, title, noise, labels }: Inputs, model: Model) => ({
  feeds,
  title,
  noise,
  labels,
  // Nobody knows what a file of one's own computes.
  classifier: runsOnNoise(model) ? null : isClassifier(model.task),
  random: randomIn(model),
  classNames: namesOfClasses(model),
});

/** Every run of a race is of the same input. */
const oneFeed = (feeds: FeedSet) => ({ feeds: someFeeds(feeds, 0, 1) });

function setPart<Key extends keyof Proof>(id: string, key: Key, part: Proof[Key]): void {
  compression.setState(({ made }) => ({
    made: made.map((each) => (each.id === id ? { ...each, [key]: part } : each)),
  }));
}

/** Measures one part unless it is there; its failure is its own. */
async function measure<T>(
  part: Part<T>,
  set: (part: Part<T>) => void,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<void> {
  if (part.state === 'ready') return;
  set({ state: 'running' });
  try {
    set({ state: 'ready', value: await work() });
  } catch (thrown) {
    if (signal.aborted) {
      set({ state: 'missing' });
      throw thrown;
    }
    set({ state: 'failed', error: errorFacts(thrown) });
  }
}

/** What a proof runs. */
export interface Proving {
  readonly original: ModelFiles;
  readonly variant: ModelFiles;
  /** Asked for as soon as it is needed: a variant from an earlier visit has none yet. */
  readonly files: () => Promise<ProofFiles>;
}

/** Measures what is missing of a variant's proof: its answers, its time, its layers. */
export async function proveMade(
  id: string,
  model: Model,
  { original, variant, files }: Proving,
  inputs: Inputs,
  signal: AbortSignal,
): Promise<void> {
  const made = compression.getState().made.find((each) => each.id === id);
  if (!made) return;
  const against = await proofBench(signal);
  const given = proofInputs(inputs, model);
  let asked: Promise<ProofFiles> | null = null;
  const parts = () => (asked ??= files());
  rememberProof(id, model, inputs);
  await measure(
    made.answers,
    (part) => setPart(id, 'answers', part),
    signal,
    () => proveAnswers(original, variant, given, against, tell, signal),
  );
  await measure(
    made.timing,
    (part) => setPart(id, 'timing', part),
    signal,
    () =>
      watched(async (watch) => {
        const { named } = await parts();
        const feeds = oneFeed(inputs.feeds);
        return proveTiming(original, variant, named, feeds, against, watch, tell, signal);
      }),
  );
  await measure(
    made.layers,
    (part) => setPart(id, 'layers', part),
    signal,
    async () => proveLayers(variant.file, (await parts()).layers, given, against, tell, signal),
  );
}
