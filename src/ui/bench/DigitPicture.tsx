import { useEffect, useRef } from 'react';
import { DIGIT_SIDE } from '../../core/tasks/digit.ts';
import styles from './DigitPicture.module.css';

/** A 28 x 28 digit, as the network sees it: each pixel a square. */
export function DigitPicture({ pixels, stack }: { pixels: Uint8Array; stack: boolean }) {
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
      aria-label={stack ? 'The first of all test images' : 'The chosen test image'}
      className={stack ? styles['stack'] : styles['single']}
    />
  );
}
