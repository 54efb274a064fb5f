/** Makes variants, has them proved and hands them on. */
import type { AutoResult } from '../../core/compress/auto/choice.ts';
import type { CalibratedOn } from '../../core/compress/inputs/calibrated.ts';
import { needsInputs, type Recipe, techniqueOf } from '../../core/compress/recipe.ts';
import type { Model, Variant } from '../../core/models/model.ts';
import { compressModel, proofFilesOf } from '../../engine/compress/compress.ts';
import { sizeOf } from '../../engine/files/size.ts';
import type { CompressedFile, ModelFiles } from '../../engine/protocol.ts';
import { bench } from '../bench/bench.ts';
import { chooseModel } from '../bench/choices.ts';
import { device } from '../device/device.ts';
import { forgetDropped, keepDropped, runtimeFile, variantFiles } from '../files/downloads.ts';
import { chooseSubject, compareWith, sourceId } from '../inspect/inspecting.ts';
import { fileTitle, saveFile } from '../page/saveFile.ts';
import { recipeOf, saveRecipe } from './composing.ts';
import { compression, type Made } from './compress.ts';
import { calibratesOn, type SplitInputs, splitInputs } from './compressInputs.ts';
import { runJob, tell } from './compressJob.ts';
import { proveMade } from './compressProving.ts';
import { type CompressSource, currentSource, sourcesIn } from './compressSource.ts';

let added = 0;

/** The title, with a number behind it where another variant has it already. */
function uniqueTitle(title: string, { variants }: Model): string {
  const taken = new Set(variants.map((variant) => variant.title));
  for (let i = 1; ; i++) {
    const tried = i === 1 ? title : `${title} (${i})`;
    if (!taken.has(tried)) return tried;
  }
}

const madeSentence = ({ variant }: CompressSource, recipe: Recipe, calibrated: string | null) =>
  `Made here from ${variant.title}: ${recipe.title}${calibrated === null ? '' : `, calibrated on ${calibrated}`}.`;

/** Puts a variant beside its model's others, so that the bench can race it. */
function offerOnBench(modelId: string, variant: Variant, file: Blob): void {
  keepDropped(variant.id, { model: file, external: [] });
  bench.setState(({ models }) => ({
    models: models.map((model) =>
      model.id === modelId ? { ...model, variants: [...model.variants, variant] } : model,
    ),
    chosen: null,
  }));
}

const isPruned = ({ steps }: Recipe): boolean =>
  steps.some(({ technique, options }) => techniqueOf(technique).prunes(options));

/** Takes a made file in: among the page's variants, and the bench's. */
export function takeIn(
  source: CompressSource,
  recipe: Recipe,
  { file, summary, size, reports, ms }: CompressedFile,
  calibrated: string | null,
  auto: AutoResult | null,
): Variant {
  added += 1;
  const model = bench.getState().models.find(({ id }) => id === source.model.id) ?? source.model;
  const title = uniqueTitle(recipe.title, model);
  const name = `${fileTitle(`${model.title}-${title}`)}.onnx`;
  const made: Made = {
    id: `made${added}`,
    source: source.key,
    title,
    precision: summary.precision,
    recipe: { ...recipe, title },
    pruned: isPruned(recipe),
    size,
    ms,
    reports,
    calibrated,
    auto,
    answers: { state: 'missing' },
    timing: { state: 'missing' },
    layers: { state: 'missing' },
  };
  const variant: Variant = {
    id: made.id,
    title,
    precision: summary.precision,
    bytes: size.bytes,
    source: { kind: 'dropped', file: name },
    operators: summary.operators,
    ...(summary.random && { random: summary.random }),
    pruned: made.pruned,
    made: madeSentence(source, recipe, calibrated),
  };
  offerOnBench(model.id, variant, file);
  compression.setState((state) => ({ made: [...state.made, made], shown: made.id, title: null }));
  return variant;
}

/** The source's size as a download, once. */
export async function measureSource(source: CompressSource, files: ModelFiles): Promise<void> {
  if (compression.getState().originals[source.key]) return;
  const size = await sizeOf(files);
  compression.setState(({ originals }) => ({ originals: { ...originals, [source.key]: size } }));
}

export async function filesOf(variant: Variant, signal: AbortSignal): Promise<ModelFiles> {
  return { file: variant.source.file, ...(await variantFiles(variant, signal)) };
}

/** The recipe with what it is calibrated on, so that it makes the same bytes again. */
export function recordOf({ calibration: _, ...recipe }: Recipe, calibration: CalibratedOn): Recipe {
  return needsInputs(recipe) ? { ...recipe, calibration } : recipe;
}

async function makeFrom(
  source: CompressSource,
  recipe: Recipe,
  signal: AbortSignal,
): Promise<void> {
  const files = await filesOf(source.variant, signal);
  const runtime = { build: 'wasm', runtime: await runtimeFile('wasm', signal) } as const;
  const threads = device.getState().facts?.threads ?? 1;
  const inputs: SplitInputs = await splitInputs(source.model, signal);
  const calibration = needsInputs(recipe) ? inputs.calibration : null;
  const request = { files, recipe, inputs: calibration, runtime, threads };
  const compressed = await compressModel(request, tell, signal);
  const calibrated = calibration?.title ?? null;
  const whole = recordOf(recipe, inputs.on);
  const made = takeIn(source, whole, compressed, calibrated, null);
  await measureSource(source, files);
  const variant = await filesOf(made, signal);
  const proof = { original: files, variant, files: async () => compressed.proof };
  await proveMade(made.id, source.model, proof, inputs.proof, signal);
}

/** Makes the variant that the chosen techniques describe, and proves it. */
export function makeVariant(): Promise<void> {
  const source = currentSource();
  const recipe = recipeOf(compression.getState());
  if (!source || !recipe) return Promise.resolve();
  return runJob('Fetching', (signal) => makeFrom(source, recipe, signal));
}

/** Hands the user the recipe of the chosen techniques, with what it would be calibrated on. */
export function saveChosenRecipe(): void {
  const state = compression.getState();
  const source = currentSource();
  const recipe = recipeOf(state);
  if (!recipe) return;
  saveRecipe(source ? recordOf(recipe, calibratesOn(source.model, state)) : recipe);
}

/** What a variant was made from, as long as the bench has it. */
function sourceOfMade({ source: key }: Made): CompressSource | null {
  const { models } = bench.getState();
  return sourcesIn(models, compression.getState().made).find((each) => each.key === key) ?? null;
}

const madeBy = (id: string): Made | null =>
  compression.getState().made.find((each) => each.id === id) ?? null;

/** Measures what is missing of a variant's proof. */
export function proveAgain(id: string): Promise<void> {
  const made = madeBy(id);
  const source = made && sourceOfMade(made);
  if (!source) return Promise.resolve();
  return runJob('Fetching', async (signal) => {
    const { proof } = await splitInputs(source.model, signal);
    const original = await filesOf(source.variant, signal);
    const variant = onBench(id)?.variant;
    if (variant) {
      const against = await filesOf(variant, signal);
      const files = () => proofFilesOf(original, against, signal);
      await proveMade(id, source.model, { original, variant: against, files }, proof, signal);
    }
  });
}

export const showVariant = (shown: string): void => compression.setState({ shown });

/** Forgets a variant, here and on the bench. */
export function removeVariant(id: string): void {
  forgetDropped(id);
  bench.setState(({ models }) => ({
    models: models.map((model) => ({
      ...model,
      variants: model.variants.filter((variant) => variant.id !== id),
    })),
    chosen: null,
  }));
  compression.setState(({ made, shown }) => ({
    made: made.filter((each) => each.id !== id),
    shown: shown === id ? null : shown,
  }));
}

/** The bench's variant of what was made here, with its model. */
function onBench(id: string): { readonly model: Model; readonly variant: Variant } | null {
  for (const model of bench.getState().models) {
    const variant = model.variants.find((each) => each.id === id);
    if (variant) return { model, variant };
  }
  return null;
}

/** Hands the user a variant as a file. */
export async function saveVariant(id: string): Promise<void> {
  const found = onBench(id);
  if (!found) return;
  const { model } = await variantFiles(found.variant, new AbortController().signal);
  saveFile(model, found.variant.source.file);
}

/** Sets the bench up to race a variant against its model's reference, and nothing else. */
export function raceMade(id: string): void {
  const found = onBench(id);
  if (!found) return;
  if (bench.getState().modelId !== found.model.id) chooseModel(found.model.id);
  bench.setState({ chosen: new Set([`${id}-wasm`]) });
}

/** Opens a variant in the inspector, beside what it was made from. */
export function inspectMade(id: string): void {
  const found = onBench(id);
  const made = madeBy(id);
  if (!found || !made) return;
  chooseSubject(sourceId(found.model, found.variant));
  compareWith(made.source);
}
