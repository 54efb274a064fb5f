import { count } from '../../../core/format.ts';
import type { TextFound } from './counter.ts';
import type { TextBox } from './decode.ts';
import { pairBoxes } from './metric.ts';
import { boxesWords } from './words.ts';

/** Boxes of a lane beside those of the reference, of one picture. */
export interface Beside {
  /** Of lines that the reference sees, too. */
  readonly shared: readonly TextBox[];
  /** Seen by this lane alone. */
  readonly own: readonly TextBox[];
  /** The reference's, of lines that this lane does not see. */
  readonly missed: readonly TextBox[];
}

const pairsOf = (a: TextFound, b: TextFound): [number, number][] =>
  pairBoxes(
    a.boxes.map(({ corners }) => corners),
    b.boxes.map(({ corners }) => corners),
  );

export function besideReference(found: TextFound, reference: TextFound): Beside {
  const { boxes } = found;
  const pairs = pairsOf(found, reference);
  const mine = new Set(pairs.map(([own]) => own));
  const theirs = new Set(pairs.map(([, other]) => other));
  return {
    shared: boxes.filter((_, i) => mine.has(i)),
    own: boxes.filter((_, i) => !mine.has(i)),
    missed: reference.boxes.filter((_, i) => !theirs.has(i)),
  };
}

/** Boxes of one of several, told apart by whether any other draws one around the same line. */
export function besideAll(found: TextFound, others: readonly TextFound[]): Beside {
  const shared = new Set(others.flatMap((other) => pairsOf(found, other).map(([own]) => own)));
  const { boxes } = found;
  return {
    shared: boxes.filter((_, i) => shared.has(i)),
    own: boxes.filter((_, i) => !shared.has(i)),
    missed: [],
  };
}

/** One picture in a sentence. @param name what the reference is called */
export function besideWords({ shared, own, missed }: Beside, name: string): string {
  const drawn = boxesWords(shared.length + own.length);
  const all = shared.length + missed.length;
  if (missed.length === 0 && own.length === 0) {
    return all === 0
      ? 'Draws no box, like the reference.'
      : `Draws ${drawn}, around the same lines as ${name}.`;
  }
  const parts = [
    `${count(shared.length)} of ${name}’s ${count(all)}`,
    ...(own.length > 0 ? [`${count(own.length)} that ${name} does not draw`] : []),
  ];
  return `Draws ${drawn}: ${parts.join(', ')}.`;
}
