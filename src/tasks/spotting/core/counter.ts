import type { Size } from '../../../core/pictures/picture.ts';
import type { Counter } from '../../../core/race/counter.ts';
import type { LaneRecord } from '../../../core/race/record.ts';
import type { Slot } from '../../../core/session/runner.ts';
import type { Counts } from '../../../core/stats/counts.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { readMap, type TextBox, textBoxes } from './decode.ts';
import { compareBoxes } from './metric.ts';
import type { Quad } from './rectangle.ts';
import type { SpottingTask } from './task.ts';

/** Boxes of one answer, in the pixels of its map, which are those that the network ran on. */
export interface TextFound extends Size {
  readonly boxes: readonly TextBox[];
}

/** Lines known to be in feeds, in the pixels of their maps; null where nobody knows. */
export type KnownLines = Readonly<Partial<Record<Slot, readonly (readonly Quad[] | null)[]>>>;

/** The boxes of a lane's answer to what was raced; only lanes of this task have any. */
export const boxesOf = ({ boxes }: LaneRecord): TextFound | undefined =>
  boxes as TextFound | undefined;

const corners = ({ boxes }: TextFound): Quad[] => boxes.map((box) => box.corners);

/** Counts boxes of answers against each other and against lines that are known. */
export class BoxCounter implements Counter {
  private readonly task: SpottingTask;
  private readonly known: KnownLines;
  /** The reference's answer is asked for once by every other lane. */
  private readonly found = new WeakMap<OutputTensor['data'], TextFound>();

  /** @param known may be filled in until a slot's feeds are answered */
  constructor(task: SpottingTask, known: KnownLines) {
    this.task = task;
    this.known = known;
  }

  /** None in an answer that is no map: other checks call it wrong. */
  find(outputs: readonly OutputTensor[]): TextFound {
    const output = outputs.find(({ name }) => name === this.task.output);
    const map = output && readMap(output);
    if (!map) return { width: 0, height: 0, boxes: [] };
    const before = this.found.get(map.data);
    if (before) return before;
    const { width, height } = map;
    const found = { width, height, boxes: textBoxes(map, map, this.task) };
    this.found.set(map.data, found);
    return found;
  }

  /** Boxes that an answer shares with the reference's to the same feed. */
  compare(outputs: readonly OutputTensor[], reference: readonly OutputTensor[]): Counts {
    return compareBoxes(corners(this.find(outputs)), corners(this.find(reference)));
  }

  /** Boxes of an answer that are of known lines; null where nobody knows them. */
  check(outputs: readonly OutputTensor[], slot: Slot, feed: number): Counts | null {
    const lines = this.known[slot]?.[feed];
    return lines ? compareBoxes(corners(this.find(outputs)), lines) : null;
  }
}
