import { useEffect, useRef } from 'react';
import type { Picture } from '../../core/pictures/picture.ts';

interface PictureCanvasProps {
  readonly picture: Picture;
  readonly className?: string | undefined;
  /** What it shows; without, it is hidden from those who cannot see it. */
  readonly label?: string;
}

/** A picture, each of its pixels as it is. */
export function PictureCanvas({ picture, className, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, data } = picture;
  useEffect(() => {
    const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [data, width, height]);
  return (
    <canvas
      ref={canvas}
      className={className}
      width={width}
      height={height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
