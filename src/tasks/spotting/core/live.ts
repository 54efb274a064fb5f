import { count } from '../../../core/format.ts';
import type { LiveAnswers } from '../../../core/live/answer.ts';
import { outputNamed, type PreparedPicture } from '../../../core/live/pictures.ts';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { mapOf, type TextBox, textBoxes } from './decode.ts';
import { pairBoxes } from './metric.ts';
import { spottingFeeds } from './prepare.ts';
import type { SpottingTask } from './task.ts';

/** A camera's frame as the network takes it, which sees all of it. */
export const prepare = (task: SpottingTask, picture: Picture): PreparedPicture => ({
  feeds: spottingFeeds(task, [picture]),
  seen: null,
  inset: null,
});

export interface BoxesAnswer {
  readonly boxes: readonly TextBox[];
}

/** @throws Fault AnswerError for outputs that are not the task's */
export const read = (
  task: SpottingTask,
  outputs: readonly OutputTensor[],
  size: Size,
): BoxesAnswer => ({ boxes: textBoxes(mapOf(outputNamed(outputs, task.output)), size, task) });

const quads = ({ boxes }: BoxesAnswer) => boxes.map(({ corners }) => corners);

function words({ boxes: { length } }: BoxesAnswer): string {
  if (length === 0) return 'no text';
  return length === 1 ? 'one line of text' : `${count(length)} lines of text`;
}

/** The same is a box for each box, with at least half in common. */
export const boxAnswers: LiveAnswers<BoxesAnswer> = {
  same: (a, b) =>
    a.boxes.length === b.boxes.length && pairBoxes(quads(a), quads(b)).length === a.boxes.length,
  words,
  most: 1,
  rows: (answer) => [{ label: words(answer), value: '', share: 0 }],
};
