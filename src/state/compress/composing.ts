/** The recipe that is being put together: techniques, their options, files of recipes. */
import * as v from 'valibot';
import type { CalibratedOn } from '../../core/compress/inputs/calibrated.ts';
import { type Recipe, readRecipe, techniqueOf } from '../../core/compress/recipe.ts';
import type { ExpectedSize, Technique } from '../../core/compress/technique.ts';
import { TECHNIQUES } from '../../core/compress/techniques.ts';
import { Fault } from '../../core/errors.ts';
import { errorFacts } from '../../core/race/events.ts';
import { fileTitle, saveFile } from '../page/saveFile.ts';
import { type CompressState, compression } from './compress.ts';

type AnyTechnique = ReturnType<typeof techniqueOf>;
type Options = Readonly<Record<string, unknown>>;

/** A technique as the page shows it. */
export interface TechniqueChoice {
  readonly technique: Technique<string, object>;
  readonly chosen: boolean;
  /** All of them, those at their defaults too. */
  readonly options: Options;
  readonly expected: ExpectedSize | null;
}

const ALL: readonly AnyTechnique[] = TECHNIQUES.map(({ id }) => techniqueOf(id));

const defaultsOf = ({ schema }: AnyTechnique): Options => v.parse(schema, {}) as Options;

const optionsOf = (state: Pick<CompressState, 'options'>, technique: AnyTechnique): Options => ({
  ...defaultsOf(technique),
  ...state.options[technique.id],
});

/** Every technique, in the order in which they are applied. */
export function techniqueChoices(
  state: Pick<CompressState, 'chosen' | 'options'>,
): TechniqueChoice[] {
  return ALL.map((technique) => {
    const options = optionsOf(state, technique);
    return {
      technique,
      chosen: state.chosen.has(technique.id),
      options,
      expected: technique.expectedSize(options),
    };
  });
}

export function toggleTechnique(id: string): void {
  compression.setState(({ chosen }) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    return { chosen: next, title: null };
  });
}

export function setOption(technique: string, name: string, value: unknown): void {
  compression.setState(({ options }) => ({
    options: { ...options, [technique]: { ...options[technique], [name]: value } },
    title: null,
  }));
}

/** Puts a technique's options back to what they were. */
export function resetOptions(technique: string): void {
  compression.setState(({ options: { [technique]: _, ...options } }) => ({ options }));
}

/** Null while no technique is chosen. */
export function recipeOf(
  state: Pick<CompressState, 'chosen' | 'options' | 'title'>,
): Recipe | null {
  const chosen = ALL.filter(({ id }) => state.chosen.has(id));
  if (chosen.length === 0) return null;
  const steps = chosen.map((each) => ({ technique: each.id, options: optionsOf(state, each) }));
  const title =
    state.title ?? chosen.map((each) => each.stepTitle(optionsOf(state, each))).join(' + ');
  return { version: 1, title: title.slice(0, 80), steps };
}

export function saveRecipe(recipe: Recipe): void {
  const text = `${JSON.stringify(recipe, null, 2)}\n`;
  saveFile(
    new Blob([text], { type: 'application/json' }),
    `${fileTitle(recipe.title)}.recipe.json`,
  );
}

/** Shows a recipe as chosen techniques with their options. */
export function showRecipe({ title, steps, calibration }: Recipe): void {
  const order = steps.map(({ technique }) => ALL.findIndex(({ id }) => id === technique));
  if (order.some((place, i) => i > 0 && place <= (order[i - 1] ?? 0))) {
    const shown = ALL.map((technique) => technique.title).join(', ');
    throw new Fault(
      'CompressError',
      `The recipe "${title}" repeats techniques or has a different order than: ${shown}.`,
    );
  }
  compression.setState({
    chosen: new Set(steps.map(({ technique }) => technique)),
    options: Object.fromEntries(
      steps.map(({ technique, options }) => [technique, options as Options]),
    ),
    title,
    ...(calibration && calibrateOn(calibration)),
  });
}

/** The choices that calibrate on the same inputs, as far as the page has them. */
function calibrateOn(on: CalibratedOn): Partial<CompressState> {
  const { kind, count } = on;
  const noise = on.kind === 'noise' ? { seed: on.seed, sizes: on.sizes } : null;
  return { inputKind: kind, inputCount: count, noise };
}

/** Takes a recipe file in; what is wrong with it is said in `refusal`. */
export async function openRecipe(file: File): Promise<void> {
  compression.setState({ refusal: null });
  try {
    let json: unknown;
    try {
      json = JSON.parse(await file.text());
    } catch {
      throw new Fault('CompressError', `${file.name} is not a recipe: it is not valid JSON.`);
    }
    showRecipe(readRecipe(json));
  } catch (thrown) {
    compression.setState({ refusal: errorFacts(thrown) });
  }
}
