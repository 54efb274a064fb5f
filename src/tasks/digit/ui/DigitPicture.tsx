import { useEffect, useRef } from 'react';
import { DIGIT_SIDE } from '../core/digit.ts';
import styles from './DigitPicture.module.css';

interface DigitPictureProps {
  readonly pixels: Uint8Array;
  /** Drawn faint: it stands for many. */
  readonly stack?: boolean;
  readonly label: string;
}

/** A 28 x 28 digit, as the network sees it: each pixel a square. */
export function DigitPicture({ pixels, stack = false, label }: DigitPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(DIGIT_SIDE, DIGIT_SIDE);
    for (const [i, ink] of pixels.entries()) image.data.set([255, 255, 255, ink], i * 4);
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      width={DIGIT_SIDE}
      height={DIGIT_SIDE}
      role="img"
      aria-label={label}
      className={stack ? styles['stack'] : styles['single']}
    />
  );
}
