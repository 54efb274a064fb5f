/** What runs on the bench runs on these: one entry for each kind of task. */
import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { FeedsFor } from '../../core/race/feeds.ts';
import type { Task } from '../../core/tasks/task.ts';
import { digitInputs } from '../../tasks/digit/state/inputs.ts';
import { genericInputs } from '../../tasks/generic/state/inputs.ts';
import { type BenchState, bench } from './bench.ts';
import { selectedModel } from './selectors.ts';
import type { RaceInputs, TaskInputs } from './taskInputs.ts';

type Kind = Task['kind'];

/** These come with the choice of such a model. */
const COMING: Readonly<Record<Exclude<Kind, 'digit' | 'generic'>, () => Promise<TaskInputs>>> = {
  arithmetic: async () => (await import('../../tasks/arithmetic/state/inputs.ts')).arithmeticInputs,
  files: async () => (await import('../../tasks/files/state/inputs.ts')).fileInputs,
  photos: async () => (await import('../../tasks/photos/state/inputs.ts')).photoInputs,
  speech: async () => (await import('../../tasks/speech/state/inputs.ts')).speechInputs,
  spotting: async () => (await import('../../tasks/spotting/state/inputs.ts')).spottingInputs,
};

const here = new Map<Kind, TaskInputs>([
  ['digit', digitInputs],
  ['generic', genericInputs],
]);

/** @throws RangeError while the code for a model's inputs is not here */
function inputsOf({ task, title }: Model): TaskInputs {
  const inputs = here.get(task.kind);
  if (!inputs) throw new RangeError(`What ${title} runs on has not arrived yet.`);
  return inputs;
}

async function come(kind: Kind): Promise<TaskInputs> {
  const known = here.get(kind);
  if (known || kind === 'digit' || kind === 'generic') return known as TaskInputs;
  const inputs = await COMING[kind]();
  here.set(kind, inputs);
  bench.setState({ inputKinds: new Set(here.keys()) });
  return inputs;
}

/** Fetches what is needed to choose an input for a model that was picked. */
export async function inputSelected(modelId: string): Promise<void> {
  const model = bench.getState().models.find(({ id }) => id === modelId);
  if (!model) return;
  try {
    const { selected } = await come(model.task.kind);
    await selected?.(model);
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
  }
}

const isHere = ({ task }: Model, { inputKinds }: BenchState): boolean => inputKinds.has(task.kind);

/** What becomes of a file that is dropped while a model is selected; null where it is no input. */
export function droppedInput(state: BenchState): TaskInputs['dropped'] | null {
  const model = selectedModel(state);
  return model && isHere(model, state) ? (inputsOf(model).dropped ?? null) : null;
}

/** Whether the selected model has something to run on. */
export function inputReady(state: BenchState): boolean {
  const model = selectedModel(state);
  return model !== null && isHere(model, state) && inputsOf(model).ready(state);
}

/** Whether the next race runs every labelled input once. */
export function isSweep(state: BenchState): boolean {
  const model = selectedModel(state);
  return model !== null && isHere(model, state) && (inputsOf(model).sweeps?.(state) ?? false);
}

/** A model as it runs on what is chosen. */
export const modelAsRun = (model: Model, state: BenchState): Model =>
  inputsOf(model).asRun?.(model, state) ?? model;

/** The chosen input in words. */
export const inputWords = (model: Model, state: BenchState): string =>
  inputsOf(model).says(model, state);

/**
 * The one feed that is run again and again.
 * @throws RangeError where nothing is ready to run on
 */
export const oneFeed = (model: Model, state: BenchState): FeedsFor =>
  inputsOf(model).one(model, state);

/** @throws Fault as downloads of samples do */
export async function raceInputs(
  model: Model,
  state: BenchState,
  signal: AbortSignal,
): Promise<RaceInputs> {
  const { one, race } = inputsOf(model);
  if (race) return race(model, state, signal);
  return { stop: state.stop, feeds: one(model, state), checks: null, labels: {} };
}
