import { Button } from '@mantine/core';
import { type PointerEvent, useRef, useState } from 'react';
import { toMnist } from '../core/digit.ts';
import styles from './DrawPad.module.css';

/** Resolution of the drawing, in pixels; the network sees 28. */
const SIDE = 280;
/** MNIST's strokes are about a tenth of the digit's box. */
const PEN = 24;

interface DrawPadProps {
  readonly disabled: boolean;
  /** Called after each stroke with 784 bytes, or null when the pad was cleared. */
  readonly onDigit: (image: Uint8Array | null) => void;
}

export function DrawPad({ disabled, onDigit }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const [empty, setEmpty] = useState(true);
  const context = () => canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;

  const place = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) => {
    const box = currentTarget.getBoundingClientRect();
    return {
      x: ((clientX - box.left) / box.width) * SIDE,
      y: ((clientY - box.top) / box.height) * SIDE,
    };
  };
  const stroke = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = context();
    const from = last.current;
    if (!pen || !from) return;
    const to = place(event);
    pen.strokeStyle = '#fff';
    pen.lineWidth = PEN;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last.current = to;
  };
  const finish = () => {
    if (!last.current) return;
    last.current = null;
    const drawn = context()?.getImageData(0, 0, SIDE, SIDE).data;
    // White ink on nothing: the ink is the alpha channel.
    const ink = drawn && Uint8Array.from({ length: SIDE * SIDE }, (_, i) => drawn[i * 4 + 3] ?? 0);
    onDigit(ink ? toMnist(ink, SIDE) : null);
  };
  const clear = () => {
    context()?.clearRect(0, 0, SIDE, SIDE);
    setEmpty(true);
    onDigit(null);
  };
  return (
    <>
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        className={styles['pad']}
        data-disabled={disabled}
        role="img"
        aria-label="Drawing pad. With a keyboard, choose Sample instead."
        onPointerDown={(event) => {
          if (disabled) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = place(event);
          setEmpty(false);
          // A tap leaves a dot.
          stroke(event);
        }}
        onPointerMove={stroke}
        onPointerUp={finish}
        onPointerCancel={finish}
      />
      {empty ? (
        <span className={styles['invite']}>draw a digit</span>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          className={styles['clear']}
          onClick={clear}
          disabled={disabled}
        >
          Clear
        </Button>
      )}
    </>
  );
}
