import * as v from 'valibot';
import { fileName, readShipped } from '../schema/shipped.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** How many were right, or the same, and of how many; null where a variant was not measured. */
const Cell = v.nullable(
  v.pipe(
    v.tuple([whole, whole]),
    v.check(([some, of]) => some <= of && of > 0, 'more than there are'),
  ),
);

const MeasuredEntry = v.object({
  title: v.string(),
  /** What it was measured on, and how. */
  data: v.string(),
  /** Titles of variants. */
  columns: v.array(v.string()),
  rows: v.array(v.object({ name: v.string(), cells: v.array(Cell) })),
});

const CardEntry = v.object({
  id: v.string(),
  use: v.string(),
  notFor: v.array(v.string()),
  limits: v.array(v.string()),
  /** The folder of its recipe, or the package that it comes from. */
  source: v.string(),
  training: v.optional(
    v.object({
      seconds: v.number(),
      machine: v.string(),
      data: v.string(),
      joules: v.object({ low: v.number(), high: v.number(), method: v.string() }),
    }),
  ),
  published: v.optional(v.string()),
  measured: v.array(MeasuredEntry),
  picture: v.object({
    file: fileName,
    width: whole,
    height: whole,
    alt: v.string(),
    credit: v.string(),
  }),
});

/** What people should know of a model before they use it; written by its recipe. */
export type ModelCard = v.InferOutput<typeof CardEntry>;
export type CardFigure = v.InferOutput<typeof MeasuredEntry>;

const Cards = v.object({ version: v.literal(1), cards: v.array(CardEntry) });

/**
 * Reads the zoo's cards (untrusted: they came over the network).
 * @throws Fault ManifestError naming the first field that is wrong
 */
export const readCards = (json: unknown): ModelCard[] =>
  readShipped(Cards, json, 'models/cards.json').cards;
