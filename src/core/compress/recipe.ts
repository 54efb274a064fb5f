import * as v from 'valibot';
import { Fault } from '../errors.ts';
import { list } from '../format.ts';
import { type CalibratedOn, CalibratedOnSchema } from './inputs/calibrated.ts';
import type { Technique } from './technique.ts';
import { TECHNIQUES } from './techniques.ts';

/** Techniques with their options, to be applied one after another to any copy of a model. */
export interface Recipe {
  readonly version: 1;
  /** How the variant that it makes is called: "Static int8". */
  readonly title: string;
  readonly steps: readonly RecipeStep[];
  /** Absent where no step looks at activations, and from version 0.1.0. */
  readonly calibration?: CalibratedOn;
}

export interface RecipeStep {
  readonly technique: string;
  readonly options: object;
}

const VERSION = 1;

const Written = v.object({
  version: v.number(),
  title: v.pipe(v.string(), v.nonEmpty(), v.maxLength(80)),
  steps: v.pipe(
    v.array(
      v.object({
        technique: v.string(),
        options: v.optional(v.record(v.string(), v.unknown()), {}),
      }),
    ),
    v.minLength(1),
  ),
  calibration: v.optional(CalibratedOnSchema),
});

/** Options of all techniques are read by their own schema, so that here they need no type. */
type AnyTechnique = Technique<string, object>;

/** @throws Fault CompressError when there is no such technique */
export function techniqueOf(id: string): AnyTechnique {
  const all = TECHNIQUES as readonly unknown[] as readonly AnyTechnique[];
  const found = all.find((technique) => technique.id === id);
  if (found) return found;
  const known = list(all.map((technique) => `"${technique.id}"`));
  throw new Fault('CompressError', `There is no technique "${id}"; known ones are ${known}.`);
}

function readStep({ technique, options }: { technique: string; options: unknown }): RecipeStep {
  const parsed = v.safeParse(techniqueOf(technique).schema, options);
  if (parsed.success) return { technique, options: parsed.output };
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'its options';
  throw new Fault('CompressError', `The recipe's step "${technique}": ${path}: ${issue.message}`);
}

/**
 * Reads a recipe (untrusted: it may come from a file); options that it leaves out take their defaults.
 * @throws Fault CompressError naming the first thing that is wrong
 */
export function readRecipe(json: unknown): Recipe {
  const parsed = v.safeParse(Written, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue) ?? 'the file itself';
    throw new Fault('CompressError', `This is not a recipe: ${path}: ${issue.message}`);
  }
  const { version, title, steps, calibration } = parsed.output;
  if (version !== VERSION) {
    throw new Fault(
      'CompressError',
      `The recipe "${title}" has version ${version}; this page reads version ${VERSION}.`,
    );
  }
  return {
    version: VERSION,
    title,
    steps: steps.map(readStep),
    ...(calibration && { calibration }),
  };
}

/** Whether calibration inputs are needed. */
export const needsInputs = ({ steps }: Recipe): boolean =>
  steps.some(({ technique, options }) => techniqueOf(technique).needsInputs(options));
