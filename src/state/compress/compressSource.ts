/** Which model is made smaller: one of the bench's, so that what is made can be raced there. */
import type { Budget } from '../../core/compress/auto/choice.ts';
import type { Model, Variant } from '../../core/models/model.ts';
import type { BenchState } from '../bench/bench.ts';
import { bench } from '../bench/bench.ts';
import { chooseModel } from '../bench/choices.ts';
import { sourceId } from '../inspect/inspecting.ts';
import { type CompressState, compression, type Made } from './compress.ts';

export interface CompressSource {
  readonly key: string;
  readonly model: Model;
  readonly variant: Variant;
}

const sourceFor = (model: Model, variant: Variant): CompressSource => ({
  key: sourceId(model, variant),
  model,
  variant,
});

/** All that can be compressed: every model's reference, and other files that are still float. */
export function sourcesIn(models: readonly Model[], made: readonly Made[]): CompressSource[] {
  const here = new Set(made.map(({ id }) => id));
  return models.flatMap((model) =>
    model.variants
      .filter(
        (variant, i) =>
          !here.has(variant.id) &&
          (i === 0 || variant.precision === 'fp32' || variant.precision === 'unknown'),
      )
      .map((variant) => sourceFor(model, variant)),
  );
}

export function sourceIn(
  { models, modelId }: Pick<BenchState, 'models' | 'modelId'>,
  { variantId }: Pick<CompressState, 'variantId'>,
): CompressSource | null {
  const model = models.find(({ id }) => id === modelId);
  const variant = model?.variants.find(({ id }) => id === variantId) ?? model?.variants[0];
  return model && variant ? sourceFor(model, variant) : null;
}

export const currentSource = (): CompressSource | null =>
  sourceIn(bench.getState(), compression.getState());

/** The model that the chosen inputs are for. */
let inputsFor: string | null = null;

export function chooseSource(key: string): void {
  const { models, modelId } = bench.getState();
  const source = sourcesIn(models, compression.getState().made).find((each) => each.key === key);
  if (!source) return;
  // The same model keeps the sizes that were typed in.
  if (source.model.id !== modelId) chooseModel(source.model.id);
  compression.setState({
    variantId: source.variant.id,
    shown: null,
    // Another model takes other inputs.
    ...(source.model.id === inputsFor
      ? {}
      : { ownInputs: null, inputKind: null, inputCount: null, noise: null }),
  });
  inputsFor = source.model.id;
}

export const setBudget = (change: Partial<Budget>): void =>
  compression.setState(({ budget }) => ({ budget: { ...budget, ...change } }));
