import { middleOf } from '../../../core/pictures/crop.ts';
import type { Picture } from '../../../core/pictures/picture.ts';
import { resize } from '../../../core/pictures/resize.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { PhotosTask } from './task.ts';

/** The middle of a picture at the size that the model sees it: side * side * 3 bytes, to show or to feed. */
export function seen(picture: Picture, { side, crop }: PhotosTask): Uint8Array {
  return resize(picture, middleOf(picture.width, picture.height, crop), side);
}

/** Feeds of one picture each. */
export function photoFeeds(task: PhotosTask, pictures: readonly Picture[]): FeedSet {
  const { input, side } = task;
  const data = new Float32Array(pictures.length * 3 * side * side);
  pictures.forEach((picture, at) => {
    writePlanes(data, at * 3 * side * side, seen(picture, task), task);
  });
  const inputs = [{ name: input, type: 'float32' as const, dims: [1, 3, side, side], data }];
  return { count: pictures.length, inputs };
}

/** Bytes red, green, blue, red, ... to a plane of floats for each colour, from `at` on. */
function writePlanes(
  to: Float32Array,
  at: number,
  bytes: Uint8Array,
  { mean, std }: PhotosTask,
): void {
  const plane = bytes.length / 3;
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      to[at + colour * plane + pixel] = ((bytes[pixel * 3 + colour] as number) - mean) / std;
    }
  }
}
