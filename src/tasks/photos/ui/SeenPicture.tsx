import { useMemo } from 'react';
import type { Picture } from '../../../core/pictures/picture.ts';
import { PictureCanvas } from '../../../ui/media/PictureCanvas.tsx';
import { seen } from '../core/preprocess.ts';
import type { PhotosTask } from '../core/task.ts';
import styles from './Photos.module.css';

interface SeenPictureProps {
  readonly task: PhotosTask;
  readonly picture: Picture;
  readonly label: string;
}

/** Red, green, blue to what a canvas takes. */
function opaque(bytes: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((bytes.length / 3) * 4).fill(255);
  for (let i = 0; i < bytes.length / 3; i++) pixels.set(bytes.subarray(3 * i, 3 * i + 3), 4 * i);
  return pixels;
}

/** A picture as the network sees it: its middle, scaled down. */
export function SeenPicture({ task, picture, label }: SeenPictureProps) {
  const { side } = task;
  const square = useMemo(
    () => ({ width: side, height: side, data: opaque(seen(picture, task)) }),
    [picture, task, side],
  );
  return <PictureCanvas className={styles['seen']} picture={square} label={label} />;
}
