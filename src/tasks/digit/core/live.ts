import { topClasses } from '../../../core/classes/classify.ts';
import { type ClassesAnswer, NAMED } from '../../../core/live/answer.ts';
import { outputNamed, type PreparedPicture } from '../../../core/live/pictures.ts';
import { middleOf } from '../../../core/pictures/crop.ts';
import type { Picture } from '../../../core/pictures/picture.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { DIGIT_SIDE, digitFeeds } from './digit.ts';
import { digitInPicture } from './photo/digitPhoto.ts';
import type { DigitTask } from './task.ts';

/** A camera's frame as the network takes it. @throws Fault UnsupportedInputError for a tiny one */
export function prepare(task: DigitTask, picture: Picture): PreparedPicture {
  const ink = digitInPicture(picture);
  return {
    feeds: ink && digitFeeds(task.input, ink, 1),
    seen: middleOf(picture.width, picture.height, 1),
    inset: ink && { side: DIGIT_SIDE, ink },
  };
}

/** @throws Fault AnswerError for outputs that are not the task's */
export const read = (task: DigitTask, outputs: readonly OutputTensor[]): ClassesAnswer => ({
  top: topClasses(outputNamed(outputs, task.output).data, task.labels, NAMED),
});
