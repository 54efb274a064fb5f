import { topClasses } from '../../../core/classes/classify.ts';
import { Fault, unreachable } from '../../../core/errors.ts';
import { middleOf } from '../../../core/pictures/crop.ts';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import type { Square } from '../../../core/pictures/resize.ts';
import type { FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import { digitFeeds } from '../../../tasks/digit/core/digit.ts';
import { digitInPicture } from '../../../tasks/digit/core/photo/digitPhoto.ts';
import type { DigitTask } from '../../../tasks/digit/core/task.ts';
import { photoFeeds } from '../../../tasks/photos/core/preprocess.ts';
import type { PhotosTask } from '../../../tasks/photos/core/task.ts';
import { mapOf, textBoxes } from '../../../tasks/spotting/core/decode.ts';
import { spottingFeeds } from '../../../tasks/spotting/core/prepare.ts';
import type { SpottingTask } from '../../../tasks/spotting/core/task.ts';
import type { LiveAnswer } from './answer.ts';

/** Tasks that look at a camera. */
export type PictureTask = DigitTask | PhotosTask | SpottingTask;

/** Classes named of each frame. */
const NAMED = 3;

/** A camera's frame as a model takes it. */
export interface Prepared {
  /** null where there is nothing in it to ask about. */
  readonly feeds: FeedSet | null;
  /** The part that the network sees; null where it sees all. */
  readonly seen: Square | null;
  /** As the network sees it, where that is not the picture: 784 bytes in MNIST's form. */
  readonly digit: Uint8Array | null;
}

/** @throws Fault UnsupportedInputError for a picture that is too small */
export function preparePicture(task: PictureTask, picture: Picture): Prepared {
  switch (task.kind) {
    case 'photos': {
      const seen = middleOf(picture.width, picture.height, task.crop);
      return { feeds: photoFeeds(task, [picture]), seen, digit: null };
    }
    case 'spotting':
      return { feeds: spottingFeeds(task, [picture]), seen: null, digit: null };
    case 'digit': {
      const digit = digitInPicture(picture);
      const seen = middleOf(picture.width, picture.height, 1);
      return { feeds: digit && digitFeeds(task.input, digit, 1), seen, digit };
    }
    default:
      return unreachable(task);
  }
}

/**
 * What a lane says of a picture.
 * @param size the picture's, in pixels
 * @param labels names of the classes, where the task has classes
 * @throws Fault AnswerError for outputs that are not the task's
 */
export function readPictureAnswer(
  task: PictureTask,
  outputs: readonly OutputTensor[],
  size: Size,
  labels: readonly string[],
): LiveAnswer {
  const output = outputs.find(({ name }) => name === task.output);
  if (!output) throw new Fault('AnswerError', `The model gave no output "${task.output}".`);
  switch (task.kind) {
    case 'photos':
      return { kind: 'classes', top: topClasses(output.data, labels, NAMED) };
    case 'digit':
      return { kind: 'classes', top: topClasses(output.data, task.labels, NAMED) };
    case 'spotting':
      return { kind: 'boxes', boxes: textBoxes(mapOf(output), size, task) };
    default:
      return unreachable(task);
  }
}
