import type { Dim } from '../dim.ts';
import { isKnown, mayBeAny } from '../dims.ts';
import { isUnknown } from '../types.ts';
import { Contradiction, type NodeView } from '../view.ts';
import { shapeText } from './axes.ts';

/**
 * A size that has to be the same in several places: the one that says most, a number before a
 * name. Null where no place says anything.
 * @param what what the sizes are, for the message: "channels of the input and the weights"
 * @throws Contradiction for two different numbers
 */
export function agreed(what: string, ...sizes: readonly (Dim | null | undefined)[]): Dim | null {
  const given = sizes.filter((size) => size !== null && size !== undefined);
  const numbers = [...new Set(given.filter((size) => typeof size === 'number'))];
  if (numbers.length > 1) {
    throw new Contradiction(`The ${what} must be equal: ${numbers.join(' and ')}.`);
  }
  return numbers[0] ?? given.find((size) => !isUnknown(size)) ?? given[0] ?? null;
}

/**
 * The shape of an input that has to be of some rank; null where it is not known.
 * @throws Contradiction for another rank
 */
export function ofRank(
  node: NodeView,
  index: number,
  least: number,
  most = least,
): readonly Dim[] | null {
  const shape = node.shape(index);
  if (shape && (shape.length < least || shape.length > most)) {
    const upTo = Number.isFinite(most) ? `${least} to ${most}` : `${least} or more`;
    throw new Contradiction(
      `Input ${index} of ${node.node.opType} is ${shapeText(shape)}; its rank must be ${most === least ? least : upTo}.`,
    );
  }
  return shape;
}

/**
 * A list of numbers with one entry per axis; null where the attribute is not there.
 * @throws Contradiction for a list of another length
 */
export function perAxis(node: NodeView, attribute: string, length: number): number[] | null {
  const found = node.ints(attribute);
  if (found && found.length !== length) {
    throw new Contradiction(
      `The attribute "${attribute}" of ${node.node.opType} has ${found.length} entries, not ${length}.`,
    );
  }
  return found;
}

/** Content of an input as sizes; those of which nothing is known get names. Null when not known. */
export const sizesFrom = (node: NodeView, index: number): readonly Dim[] | null =>
  node
    .items(index)
    ?.map((item) =>
      mayBeAny(item) || (typeof item === 'number' && item < 0) ? node.fresh() : item,
    ) ?? null;

/** The product of sizes that are all numbers, else null. */
export const knownProduct = (dims: readonly Dim[]): number | null =>
  isKnown(dims) ? dims.reduce((product, dim) => product * dim, 1) : null;
