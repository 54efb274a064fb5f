import { count } from '../../../core/format.ts';
import type { Counts } from '../../../core/stats/counts.ts';

/** "1 box", "15 boxes" */
export const boxesWords = (number: number): string =>
  number === 0 ? 'no box' : `${count(number)} ${number === 1 ? 'box' : 'boxes'}`;

/** " (and 2 others)", where there are any. */
function othersWords({ matched, found }: Counts): string {
  const others = found - matched;
  return others === 0 ? '' : ` (and ${count(others)} ${others === 1 ? 'other' : 'others'})`;
}

/** How boxes compare with the reference's, as the end of a sentence that names it. */
export function sharedWords(all: Counts): string {
  const { matched, found, expected } = all;
  const others = found - matched;
  if (expected === 0)
    return others === 0 ? 'draws no box either' : `draws ${boxesWords(others)}, it none`;
  const besides =
    others === 0 ? '' : ` (and ${count(others)} ${others === 1 ? 'other' : 'others'})`;
  return `draws ${count(matched)} of its ${boxesWords(expected)}${besides}`;
}

interface Counted {
  /** Pictures looked at, the raced one among them. */
  readonly compared: number;
  readonly boxes: Counts | null;
  /** Known lines in them, those found, and boxes drawn there; null where none is known. */
  readonly lines: Counts | null;
}

/** What was counted over all pictures, as a sentence; null where there is nothing to add. */
export function countedWords({ compared, boxes, lines }: Counted, name: string): string | null {
  const parts = [
    ...(boxes && compared > 1
      ? [
          `${count(boxes.matched)} of ${name}’s ${boxesWords(boxes.expected)} in ${count(compared)} pictures${othersWords(boxes)}`,
        ]
      : []),
    ...(lines
      ? [
          `${count(lines.matched)} of ${count(lines.expected)} labelled lines, drawing ${boxesWords(lines.found)} there`,
        ]
      : []),
  ];
  return parts.length > 0 ? `Counted: ${parts.join('; ')}.` : null;
}
