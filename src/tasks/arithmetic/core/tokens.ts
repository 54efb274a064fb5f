import type { ArithmeticTask } from './task.ts';

type Vocabulary = Pick<ArithmeticTask, 'vocabulary'>;

/** @throws RangeError for a character that the model does not know */
export function encode(text: string, { vocabulary }: Vocabulary): Int32Array<ArrayBuffer> {
  return Int32Array.from(text, (character) => {
    const token = vocabulary.indexOf(character);
    if (token < 0) throw new RangeError(`The model has no token for "${character}".`);
    return token;
  });
}

/** @throws RangeError for a token that stands for nothing */
export function decode(tokens: Iterable<number>, { vocabulary }: Vocabulary): string {
  return Array.from(tokens, (token) => {
    const character = vocabulary[token];
    if (character === undefined) throw new RangeError(`There is no token ${token}.`);
    return character;
  }).join('');
}
