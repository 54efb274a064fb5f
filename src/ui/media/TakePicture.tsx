import { Button } from '@mantine/core';
import type { Picture } from '../../core/pictures/picture.ts';
import type { Camera } from '../../engine/media/camera.ts';
import { CameraPreview } from './CameraPreview.tsx';

/** A still is looked at more closely than a live picture. */
const LONGEST_SIDE = 1280;

interface TakePictureProps {
  /** Shows the middle square only, where the network sees no more. */
  readonly square: boolean;
  /** Takes this off the page, and so closes the camera. */
  readonly onPicture: (picture: Picture) => void;
}

/** The camera's view and a button that takes a picture. */
export default function TakePicture({ square, onPicture }: TakePictureProps) {
  const take = async ({ next }: Camera) => {
    const { picture } = await next(new AbortController().signal, LONGEST_SIDE);
    onPicture(picture);
  };
  return (
    <CameraPreview square={square}>
      {(camera, fail) => (
        <Button size="xs" onClick={() => take(camera).catch(fail)}>
          Take the picture
        </Button>
      )}
    </CameraPreview>
  );
}
