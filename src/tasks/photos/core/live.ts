import { topClasses } from '../../../core/classes/classify.ts';
import { type ClassesAnswer, NAMED } from '../../../core/live/answer.ts';
import { outputNamed, type PreparedPicture } from '../../../core/live/pictures.ts';
import { middleOf } from '../../../core/pictures/crop.ts';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { photoFeeds } from './preprocess.ts';
import type { PhotosTask } from './task.ts';

/** A camera's frame as the network takes it. @throws Fault UnsupportedInputError for a tiny one */
export const prepare = (task: PhotosTask, picture: Picture): PreparedPicture => ({
  feeds: photoFeeds(task, [picture]),
  seen: middleOf(picture.width, picture.height, task.crop),
  inset: null,
});

/** @throws Fault AnswerError for outputs that are not the task's */
export const read = (
  task: PhotosTask,
  outputs: readonly OutputTensor[],
  _: Size,
  labels: readonly string[],
): ClassesAnswer => ({
  top: topClasses(outputNamed(outputs, task.output).data, labels, NAMED),
});
