import type { Model } from '../../../core/models/model.ts';
import { PictureChoice } from '../../../ui/media/PictureChoice.tsx';
import type { PhotosTask } from '../core/task.ts';
import { SeenPicture } from './SeenPicture.tsx';

interface PhotoInputProps {
  readonly model: Model;
  readonly task: PhotosTask;
}

/** A picture, as the network sees it. */
export default function PhotoInput({ model, task }: PhotoInputProps) {
  return (
    <PictureChoice
      square
      model={model}
      see={(picture, title) => (
        <SeenPicture task={task} picture={picture} label={`What the network sees of ${title}`} />
      )}
    />
  );
}
