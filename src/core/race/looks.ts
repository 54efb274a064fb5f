import { unpacksWeights } from '../backends/fallbacks.ts';
import type { Variant } from '../models/model.ts';

/** The palette: a form's colour in theme.css, and two for further variants of the same form. */
export const TONES = [
  'fp32',
  'fp16',
  'int8',
  'int8-dynamic',
  'int8-weights',
  'int4',
  'other',
  'another',
] as const;

export type Tone = (typeof TONES)[number];

/** In the order of `TONES`: each form has a mark that tells it apart without its colour. */
const SHAPES = [
  'disc',
  'square',
  'triangle',
  'diamond',
  'plus',
  'hourglass',
  'wedge',
  'star',
] as const;

export type Shape = (typeof SHAPES)[number];

/** What tells a variant from its model's others, on every page. */
export interface VariantLook {
  readonly tone: Tone;
  readonly shape: Shape;
}

/** As much of a variant as its look depends on. */
export type DrawnVariant = Pick<Variant, 'id' | 'bytes' | 'precision' | 'operators'>;

function toneOf(variant: DrawnVariant): Tone {
  const { precision, operators = {} } = variant;
  if (precision === 'unknown') return 'other';
  if (precision !== 'int8') return precision;
  if (unpacksWeights(variant)) return 'int8-weights';
  const dynamic = operators['DynamicQuantizeLinear'] ?? 0;
  return dynamic > 0 && (operators['QuantizeLinear'] ?? 0) === 0 ? 'int8-dynamic' : 'int8';
}

const lookOf = (tone: Tone, shift: number): VariantLook => ({
  tone,
  shape: SHAPES[(TONES.indexOf(tone) + shift) % SHAPES.length] as Shape,
});

/** Whose look it is: models share ids, and files of one id may differ. */
export const lookKey = ({ id, bytes }: Pick<Variant, 'id' | 'bytes'>): string => `${id} ${bytes}`;

/** How a variant looks that stands alone, or is the first of its form. */
export const plainLook = (variant: DrawnVariant): VariantLook => lookOf(toneOf(variant), 0);

/**
 * A look for each variant of a model, no two alike as long as there are any left (24 of one form).
 * The first of a form takes the form's own; those after it a spare colour, then a shape that is
 * not their colour's. None takes another form's colour, so that what is added changes nothing.
 */
export function looksOf(variants: readonly DrawnVariant[]): ReadonlyMap<string, VariantLook> {
  const looks = new Map<string, VariantLook>();
  const taken = new Set<string>();
  for (const variant of variants) {
    const key = lookKey(variant);
    if (looks.has(key)) continue;
    const tones: readonly Tone[] = [toneOf(variant), 'other', 'another'];
    const all = SHAPES.flatMap((_, shift) => tones.map((tone) => lookOf(tone, shift)));
    const look =
      all.find(({ tone, shape }) => !taken.has(`${tone} ${shape}`)) ?? plainLook(variant);
    taken.add(`${look.tone} ${look.shape}`);
    looks.set(key, look);
  }
  return looks;
}
