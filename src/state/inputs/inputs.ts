/** What runs on the bench runs on these: one entry for each kind of task. */
import type { Model } from '../../core/models/model.ts';
import type { LaneOpened } from '../../core/race/runner.ts';
import type { FeedSet } from '../../core/race/tensors.ts';
import type { Task } from '../../core/tasks/task.ts';
import { type BenchState, bench } from '../bench.ts';
import { selectedModel } from '../selectors.ts';
import { arithmeticInputs } from './arithmetic.ts';
import { digitInputs } from './digits.ts';
import { fileInputs } from './files.ts';
import { genericInputs } from './generic.ts';
import { photoInputs } from './photos.ts';
import { speechInputs } from './speech.ts';
import { spottingInputs } from './spotting.ts';
import type { RaceInputs, TaskInputs } from './taskInputs.ts';

const INPUTS: Readonly<Record<Task['kind'], TaskInputs>> = {
  arithmetic: arithmeticInputs,
  digit: digitInputs,
  files: fileInputs,
  generic: genericInputs,
  photos: photoInputs,
  speech: speechInputs,
  spotting: spottingInputs,
};

const inputsOf = ({ task }: Model): TaskInputs => INPUTS[task.kind];

/** Fetches what is needed to choose an input for a model that was picked. */
export function inputSelected(modelId: string): void {
  const model = bench.getState().models.find(({ id }) => id === modelId);
  if (model) void inputsOf(model).selected?.(model);
}

/** Whether the selected model has something to run on. */
export function inputReady(state: BenchState): boolean {
  const model = selectedModel(state);
  return model !== null && inputsOf(model).ready(state);
}

/** Whether the next race runs every labelled input once. */
export function isSweep(state: BenchState): boolean {
  const model = selectedModel(state);
  return model !== null && (inputsOf(model).sweeps?.(state) ?? false);
}

/** The chosen input in words. */
export const inputWords = (model: Model, state: BenchState): string =>
  inputsOf(model).says(model, state);

/**
 * The one feed that is run again and again.
 * @throws RangeError where nothing is ready to run on
 */
export const oneFeed = (model: Model, state: BenchState): ((opened: LaneOpened) => FeedSet) =>
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
