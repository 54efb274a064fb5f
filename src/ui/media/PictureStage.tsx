import { useEffect, useRef } from 'react';
import type { LiveTurn } from '../../core/live/frame.ts';
import type { Inset } from '../../core/live/shown.ts';
import type { Lane } from '../../core/race/lane.ts';
import { watchFrames } from '../../state/live/watching.ts';
import { putPicture } from '../parts/canvas.ts';
import { type LaneLook, useLaneLook } from '../parts/wrongLanes.tsx';
import styles from './PictureStage.module.css';

/** What is outside the square that the network sees is dimmed. */
function dimAround(
  canvas: HTMLCanvasElement,
  { left, top, side }: { readonly left: number; readonly top: number; readonly side: number },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#0009';
  context.beginPath();
  context.rect(0, 0, canvas.width, canvas.height);
  context.rect(left, top, side, side);
  context.fill('evenodd');
}

/** A frame as the network sees it, in the upper right corner. */
function drawInset(canvas: HTMLCanvasElement, { side, ink: pixels }: Inset): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixel = Math.max(1, Math.floor(canvas.height / 5 / side));
  const left = canvas.width - pixel * side;
  pixels.forEach((ink, i) => {
    context.fillStyle = `rgb(${ink} ${ink} ${ink})`;
    const [x, y] = [i % side, Math.floor(i / side)];
    context.fillRect(left + x * pixel, y * pixel, pixel, pixel);
  });
}

interface PictureStageProps {
  readonly lanes: readonly Lane[];
  readonly label: string;
  /** Draws what the lanes found onto the frame. */
  readonly draw?: (
    canvas: HTMLCanvasElement,
    turns: readonly LiveTurn[],
    looks: readonly LaneLook[],
  ) => void;
}

/** The frame that lanes have just answered, with what they found in it. */
export function PictureStage({ lanes, label, draw }: PictureStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lookOf = useLaneLook();
  useEffect(() => {
    const looks = lanes.map(lookOf);
    return watchFrames(({ frame: { shown }, turns }) => {
      const at = canvas.current;
      if (!at || shown.kind !== 'picture') return;
      putPicture(at, shown.picture);
      if (shown.seen) dimAround(at, shown.seen);
      if (shown.inset) drawInset(at, shown.inset);
      draw?.(at, turns, looks);
    });
  }, [lanes, lookOf, draw]);
  return (
    <canvas
      ref={canvas}
      className={styles['picture']}
      width={640}
      height={480}
      role="img"
      aria-label={`What ${label} sees, as last shown to the lanes`}
    />
  );
}
