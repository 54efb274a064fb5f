import { argmax, softmax } from '../../../core/classes/classify.ts';
import { Fault } from '../../../core/errors.ts';
import type { Random } from '../../../core/tensors/random.ts';

/** Chooses the next token from the logits of one sequence. */
export type Choose = (logits: Float32Array) => number;

/** @throws Fault AnswerError when a logit is not a number */
export function largest(logits: Float32Array): number {
  const token = argmax(logits);
  if (token >= 0) return token;
  throw new Fault('AnswerError', 'The model returned scores that are not numbers.');
}

export interface Sampling {
  /** Divides the logits: below 1 the likely get likelier, above 1 the unlikely do. More than 0. */
  readonly temperature: number;
  /** Only so many of the largest logits are drawn from; all without it. */
  readonly topK?: number;
}

/**
 * Draws from softmax(logits / temperature), cut to the `topK` largest (Holtzman et al., "The Curious Case of
 * Neural Text Degeneration", 2020). The same random numbers give the same tokens.
 * @throws RangeError for a temperature or a `topK` that is not positive
 */
export function sampled({ temperature, topK }: Sampling, random: Random): Choose {
  if (!(temperature > 0)) throw new RangeError(`The temperature cannot be ${temperature}.`);
  if (topK !== undefined && !(topK >= 1)) throw new RangeError(`topK cannot be ${topK}.`);
  return (logits) => {
    largest(logits);
    const order = Array.from(logits.keys()).sort((i, j) => at(logits, j) - at(logits, i));
    const kept = order.slice(0, topK);
    const shares = softmax(kept.map((token) => at(logits, token) / temperature));
    let rest = random.unit();
    for (const [i, token] of kept.entries()) {
      rest -= shares[i] as number;
      if (rest < 0) return token;
    }
    // Rounding left a sliver of the unit beyond the last share.
    return kept[0] as number;
  };
}

const at = (logits: Float32Array, token: number): number => logits[token] as number;
