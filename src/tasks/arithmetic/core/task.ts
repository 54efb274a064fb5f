import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const character = v.pipe(v.string(), v.length(1));

/** The part of a manifest's entry that says how a model that multiplies in writing is fed and read. */
export const ArithmeticTask = v.object({
  kind: v.literal('arithmetic'),
  /** int32 [batch, length]: the characters that are new to the model. */
  tokens: v.string(),
  /** float32 [batch, vocabulary]: scores of the character after the last one. */
  logits: v.string(),
  /**
   * What the model remembers of the characters before: outputs `present` of one run are inputs `past`
   * of the next, float32 [batch, heads, past, headWidth]; at first `past` is 0.
   */
  cache: v.pipe(v.array(v.object({ past: v.string(), present: v.string() })), v.minLength(1)),
  heads: whole,
  headWidth: whole,
  /** The most characters it can look at, prompt included. */
  context: whole,
  /** A token is the index of a character in it. */
  vocabulary: v.pipe(v.string(), v.minLength(1)),
  /** Of each factor; shorter ones are filled with zeros. */
  digits: whole,
  /** The prompt's last character where steps are to be written… */
  think: character,
  /** …and where the answer is to be given at once. */
  direct: character,
  /** Ends an answer. */
  end: character,
});

/** Two numbers to their product, written character by character, with or without the steps. */
export type ArithmeticTask = v.InferOutput<typeof ArithmeticTask>;
