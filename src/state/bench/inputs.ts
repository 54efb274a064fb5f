/** What runs on the bench runs on these, whatever its kind of task. */
import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { RaceSettings } from '../../core/race/found.ts';
import { taskKind } from '../../core/tasks/register.ts';
import { type BenchState, bench } from './bench.ts';
import { selectedModel } from './selectors.ts';
import type { RaceInputs, TaskState } from './taskState.ts';

/** Code for kinds of task, once it is here. */
const here = new Map<string, TaskState>();
const coming = new Map<string, Promise<TaskState>>();

/** null while the code for a model's kind of task is not here. */
const stateOf = ({ task }: Model): TaskState | null => here.get(task.kind) ?? null;

/** @throws RangeError while the code for a model's kind of task is not here */
function requireState(model: Model): TaskState {
  const state = stateOf(model);
  if (!state) throw new RangeError(`What ${model.title} runs on has not arrived yet.`);
  return state;
}

/**
 * The code for a model's kind of task.
 * @throws what the network throws; Fault UnknownTaskError
 */
export function taskState({ task }: Model): Promise<TaskState> {
  const { kind } = task;
  const known = coming.get(kind);
  if (known) return known;
  const come = async () => {
    // What a slice loads as its state is a `TaskState`: see src/ui/tasks/slice.ts.
    const { default: state } = (await taskKind(task).state()) as { readonly default: TaskState };
    here.set(kind, state);
    state.subscribe?.(() =>
      bench.setState(({ inputChanges }) => ({ inputChanges: inputChanges + 1 })),
    );
    bench.setState({ inputKinds: new Set(here.keys()) });
    return state;
  };
  const promise = come();
  coming.set(kind, promise);
  // Whoever was offline tries again.
  promise.catch(() => coming.delete(kind));
  return promise;
}

/** Fetches what is needed to choose an input for a model that was picked. */
export async function inputSelected(modelId: string): Promise<void> {
  const model = bench.getState().models.find(({ id }) => id === modelId);
  if (!model) return;
  try {
    await (await taskState(model)).selected?.(model);
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
  }
}

/** Whatever selects a model: what can be chosen for it comes. */
export function followSelection(): void {
  bench.subscribe(({ modelId }, before) => {
    if (modelId !== null && modelId !== before.modelId) void inputSelected(modelId);
  });
}

/** What becomes of a file that is dropped while a model is selected; null where it is no input. */
export function droppedInput(state: BenchState): TaskState['dropped'] | null {
  const model = selectedModel(state);
  return (model && stateOf(model)?.dropped) ?? null;
}

/** Whether the selected model has something to run on. */
export function inputReady(state: BenchState): boolean {
  const model = selectedModel(state);
  return (model && stateOf(model)?.ready(model)) ?? false;
}

/** Whether the next race runs every labelled input once. */
export function isSweep(state: BenchState): boolean {
  const model = selectedModel(state);
  return (model && stateOf(model)?.sweeps?.()) ?? false;
}

/** A model as it runs on what is chosen. */
export const modelAsRun = (model: Model, state: BenchState): Model =>
  requireState(model).asRun?.(model, state) ?? model;

/** The chosen input as a report keeps it. */
export function inputSettings(model: Model): Pick<RaceSettings, 'input' | 'inputFacts'> {
  const facts = requireState(model).facts(model);
  return facts
    ? { input: taskKind(model.task).input.words(facts), inputFacts: facts }
    : { input: '' };
}

/** Chooses what a report's race ran on, as far as it is here; else what is chosen now stands in. */
export async function recallInput(
  model: Model,
  { input, inputFacts }: Pick<RaceSettings, 'input' | 'inputFacts'>,
): Promise<void> {
  const facts = inputFacts ?? taskKind(model.task).input.fromWords?.(input) ?? null;
  await (await taskState(model)).recall?.(model, facts);
}

/**
 * The one feed that is run again and again.
 * @throws RangeError where nothing is ready to run on
 */
export const oneFeed = (model: Model, state: BenchState): FeedsFor =>
  requireState(model).one(model, state);

/** @throws Fault as downloads of samples do */
export async function raceInputs(
  model: Model,
  state: BenchState,
  signal: AbortSignal,
): Promise<RaceInputs> {
  const { one, race } = requireState(model);
  if (race) return race(model, state, signal);
  return { stop: state.stop, feeds: one(model, state), checks: null, labels: {} };
}

/** Names of a model's classes; null where it has none, and until they are here. */
export const namesOfClasses = (model: Model): readonly string[] | null =>
  taskKind(model.task).answers.names?.(model.task) ?? stateOf(model)?.classNames?.(model) ?? null;

/** The code's own way to name an answer; null where it has none. */
export const ownAnswer = (model: Model): TaskState['answer'] | null =>
  stateOf(model)?.answer ?? null;
