import type { Fraction } from '../units.ts';

/** Index of the largest score; -1 when any score is not a number. Ties go to the first. */
export function argmax(scores: ArrayLike<number>): number {
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (Number.isNaN(score)) return -1;
    if (best < 0 || score > highest) {
      best = i;
      highest = score;
    }
  }
  return best;
}

/** Probabilities from logits, shifted by the maximum so that exp cannot overflow. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

export interface Answer {
  /** The class, or null when the output holds no usable number. */
  readonly label: string | null;
  readonly probability: number;
}

/** The named class of one output of logits. */
export function decodeClass(logits: ArrayLike<number>, labels: readonly string[]): Answer {
  const index = argmax(logits);
  const label = labels[index];
  if (label === undefined) return { label: null, probability: Number.NaN };
  return { label, probability: softmax(logits)[index] ?? Number.NaN };
}

/** One of the classes, and how much the model believes in it. */
export interface ClassShare {
  readonly index: number;
  readonly label: string;
  readonly probability: Fraction;
}

/**
 * The `count` most probable classes, the first first; of equals, the lower index. None at all when a logit is not a
 * number: then no order is to be trusted.
 */
export function topClasses(
  logits: ArrayLike<number>,
  labels: readonly string[],
  count = 5,
): ClassShare[] {
  if (argmax(logits) < 0) return [];
  return softmax(logits)
    .map((probability, index) => ({ index, label: labels[index] ?? `class ${index}`, probability }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, count);
}
