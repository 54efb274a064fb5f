import * as v from 'valibot';

/** The part of a manifest's entry that says how digits go in and scores come out. */
export const DigitTask = v.object({
  kind: v.literal('digit'),
  /** float32 [batch, 1, 28, 28]: ink 1 on paper 0. */
  input: v.string(),
  /** float32 [batch, labels]: logits. */
  output: v.string(),
  labels: v.array(v.string()),
});

/** A handwritten digit to one of ten classes. */
export type DigitTask = v.InferOutput<typeof DigitTask>;
