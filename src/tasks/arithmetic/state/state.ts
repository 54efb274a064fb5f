import * as v from 'valibot';
import { createStore } from 'zustand/vanilla';
import { toError } from '../../../core/errors.ts';
import { type Model, modelOfKind, type SamplePack } from '../../../core/models/model.ts';
import { readShipped } from '../../../core/schema/shipped.ts';
import { ask } from '../../../core/session/ask.ts';
import type { FeedInput, FeedSet } from '../../../core/tensors/tensors.ts';
import { withLane } from '../../../engine/race/client.ts';
import { type BenchState, bench } from '../../../state/bench/bench.ts';
import { laneChoices } from '../../../state/bench/selectors.ts';
import type { RaceInputs, TaskState } from '../../../state/bench/taskState.ts';
import { device } from '../../../state/device/device.ts';
import { fetchJson, laneFiles } from '../../../state/files/downloads.ts';
import {
  cacheOf,
  characterFeeds,
  forcedFeeds,
  textFeeds,
  timedPast,
  wholeText,
} from '../core/feeds.ts';
import { arithmeticCore } from '../core/kind.ts';
import { type Problem, readProblem } from '../core/problem.ts';
import type { ArithmeticTask } from '../core/task.ts';

/** What a model multiplies. */
export interface ProblemInput {
  /** As it stands in its field. */
  readonly text: string;
  /** Null while the text is no multiplication that the model can read. */
  readonly problem: Problem | null;
  /** Which of the held-out problems it is; null for one that was typed. */
  readonly sample: number | null;
  /** Why the text was refused, as a sentence; null where it was not. */
  readonly refused: string | null;
}

export interface ProblemsState {
  readonly input: ProblemInput;
  /** Problems that no model was trained on; empty until they are here. */
  readonly heldOut: readonly Problem[];
}

export const problems = createStore<ProblemsState>(() => ({
  input: { text: '', problem: null, sample: null, refused: null },
  heldOut: [],
}));

/** @throws RangeError for a model of another kind */
export const taskOf = (model: Model): ArithmeticTask =>
  modelOfKind<Model<ArithmeticTask>>(model, 'arithmetic').task;

const Problems = v.array(v.tuple([v.number(), v.number()]));

/** @throws Fault as `download`; ManifestError for a file of another form */
async function problemsIn(pack: SamplePack, signal: AbortSignal): Promise<readonly Problem[]> {
  const read = readShipped(Problems, await fetchJson(pack, signal), pack.file);
  return read.map(([a, b]) => ({ a, b }));
}

/** All problems that nobody trained on. @throws as `problemsIn` */
export const heldOutProblems = async (
  { samples }: Model,
  signal: AbortSignal,
): Promise<readonly Problem[]> => (samples ? problemsIn(samples, signal) : []);

/** The few of them to try. @throws as `problemsIn` */
async function heldOut(model: Model, signal: AbortSignal): Promise<readonly Problem[]> {
  const known = problems.getState().heldOut;
  if (known.length > 0 || !model.preview) return known;
  const found = await problemsIn(model.preview, signal);
  problems.setState({ heldOut: found });
  return found;
}

/** The few held-out problems, once somebody wants to see such a model; the first is chosen. */
async function selected(model: Model): Promise<void> {
  await heldOut(model, new AbortController().signal);
  if (problems.getState().input.text === '') chooseProblem(0);
}

/** One of the held-out problems; after the last comes the first. */
export function chooseProblem(index: number): void {
  const { heldOut: known } = problems.getState();
  const sample = known.length > 0 ? index % known.length : 0;
  const problem = known[sample];
  if (!problem) return;
  const text = arithmeticCore.input.words(problem);
  problems.setState({ input: { text, problem, sample, refused: null } });
}

/** Takes what a person types; what is no multiplication of the model's size is refused. */
export function typeProblem(model: Model, text: string): void {
  const typed = { text, problem: null, sample: null, refused: null };
  try {
    const problem = readProblem(text, taskOf(model));
    problems.setState({ input: { ...typed, problem } });
  } catch (thrown) {
    problems.setState({ input: { ...typed, refused: toError(thrown).message } });
  }
}

function chosen(): Problem {
  const { problem } = problems.getState().input;
  if (!problem) throw new RangeError('There is nothing to multiply yet.');
  return problem;
}

/** What the reference remembered of a text, the latest only. */
let remembered: { readonly key: string; readonly cache: readonly FeedInput[] } | null = null;

/**
 * The cache after a text, made by the reference in a lane of its own: the lanes that are timed
 * must not have run before.
 */
async function cacheAfter(
  text: string,
  model: Model,
  signal: AbortSignal,
): Promise<readonly FeedInput[]> {
  const key = `${model.id} ${text}`;
  if (remembered?.key === key) return remembered.cache;
  const task = taskOf(model);
  const choices = laneChoices({ ...bench.getState(), modelId: model.id }, device.getState());
  const reference = choices.find(({ lane }) => lane.reference)?.lane;
  if (!reference) throw new RangeError(`There is no lane to read "${text}" with.`);
  const cache = await withLane(
    reference,
    () => laneFiles(reference, signal),
    signal,
    async (client) => {
      await client.open(false);
      const { outputs } = await ask(client, textFeeds(text, task));
      return cacheOf(outputs[0] ?? [], task);
    },
  );
  remembered = { key, cache };
  return cache;
}

/** One character more, with the true text before it in the cache as the reference remembers it. */
async function nextCharacter(
  model: Model,
  signal: AbortSignal = new AbortController().signal,
): Promise<FeedSet> {
  const task = taskOf(model);
  const past = timedPast(task);
  const text = wholeText(chosen(), task);
  const cache = await cacheAfter(text.slice(0, past), model, signal);
  return characterFeeds(text.charAt(past), cache, task);
}

/** After the rounds every lane reads held-out problems to the end, with a cache of its own. */
async function race(model: Model, state: BenchState, signal: AbortSignal): Promise<RaceInputs> {
  const labels: { check?: Int8Array } = {};
  return {
    stop: state.stop,
    feeds: () => nextCharacter(model, signal),
    checks: async () => {
      const task = taskOf(model);
      const forced = forcedFeeds(await heldOut(model, signal), task);
      labels.check = forced.labels;
      return forced.feeds;
    },
    labels,
  };
}

/** A multiplication, of which one character is timed. */
export default {
  subscribe: (listener) => problems.subscribe(listener),
  selected,
  ready: () => problems.getState().input.problem !== null,
  one: (model) => () => nextCharacter(model),
  race,
  facts: () => problems.getState().input.problem,
  recall: (model, found) => {
    if (found) typeProblem(model, arithmeticCore.input.words(found));
  },
} satisfies TaskState<Problem>;
