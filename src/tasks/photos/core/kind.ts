import * as v from 'valibot';
import { type Model, modelOfKind } from '../../../core/models/model.ts';
import { type PictureFacts, pictureInput } from '../../../core/pictures/input.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import { PhotoSamples } from './samples.ts';
import { PhotosTask } from './task.ts';

/** A model of photos with pictures to try it on. */
export interface PhotosModel extends Model<PhotosTask> {
  readonly photos?: PhotoSamples;
}

/** The photos as files beside the models. */
export function photosOf({ photos: listed }: PhotosModel) {
  const { folder, photos } = listed ?? { folder: '', photos: [] };
  return photos.map((photo) => ({ ...photo, file: `${folder}/${photo.file}` }));
}

/** @throws RangeError for a model of another kind */
export const photosModel = (model: Model): PhotosModel => modelOfKind<PhotosModel>(model, 'photos');

export const photosCore: TaskCore<PhotosTask, PictureFacts> = {
  kind: 'photos',
  noun: 'photos',
  schema: PhotosTask,
  carried: {
    entry: v.pipe(
      v.object({ samples: v.exactOptional(PhotoSamples) }),
      v.transform(({ samples }) => (samples ? { photos: samples } : {})),
    ),
    model: v.object({ photos: v.exactOptional(PhotoSamples) }),
  },
  files: (model: PhotosModel) => [model.task.labels, ...photosOf(model)],
  inputs: ({ input, side }) => [{ name: input, type: 'float32', shape: ['batch', 3, side, side] }],
  samples: { count: (model: PhotosModel) => photosOf(model).length, labelled: false },
  answers: { classes: true, output: ({ output }) => output },
  input: pictureInput,
};
