import type { Model } from '../../../core/models/model.ts';
import { PictureChoice } from '../../../ui/media/PictureChoice.tsx';
import { photosModel } from '../core/kind.ts';
import { SeenPicture } from './SeenPicture.tsx';

/** A picture, as the network sees it. */
export function PhotoInput({ model }: { readonly model: Model }) {
  const { task } = photosModel(model);
  return (
    <PictureChoice
      square
      model={model}
      see={(picture, title) => (
        <SeenPicture task={task} picture={picture} label={`${title} as the model sees it`} />
      )}
    />
  );
}
