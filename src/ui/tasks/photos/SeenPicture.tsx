import { useEffect, useRef } from 'react';
import { seen } from '../../../core/tasks/photos/preprocess.ts';
import type { PhotosTask } from '../../../core/tasks/photos/task.ts';
import type { Picture } from '../../../core/tasks/picture.ts';
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const { side } = task;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(opaque(seen(picture, task)), side, side), 0, 0);
  }, [picture, task, side]);
  return (
    <canvas
      ref={canvas}
      className={styles['seen']}
      width={side}
      height={side}
      role="img"
      aria-label={label}
    />
  );
}
