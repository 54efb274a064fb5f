import type { ModelProto } from '../onnx/onnx_pb.ts';
import type { Milliseconds } from '../units.ts';
import { type Recipe, readRecipe, techniqueOf } from './recipe.ts';
import type { Context, Decision } from './technique.ts';

/** What one step of a recipe did. */
export interface StepReport {
  readonly technique: string;
  readonly title: string;
  readonly ms: Milliseconds;
  readonly decisions: readonly Decision[];
}

/**
 * Applies a recipe to a model, in place. Options that it leaves out take their defaults.
 * @param clock milliseconds from anywhere
 * @throws Fault CompressError where a step cannot be applied; the signal's reason
 */
export async function compress(
  model: ModelProto,
  recipe: Recipe,
  context: Context,
  clock: () => Milliseconds,
): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const { technique: id, options } of readRecipe(recipe).steps) {
    context.signal.throwIfAborted();
    const technique = techniqueOf(id);
    context.progress(technique.title, 0, 1);
    const started = clock();
    const decisions = await technique.apply(model, options, context);
    reports.push({ technique: id, title: technique.title, ms: clock() - started, decisions });
  }
  return reports;
}
