import { useEffect, useRef } from 'react';
import type { Lane } from '../../../core/race/lane.ts';
import { DIGIT_SIDE } from '../../../tasks/digit/core/digit.ts';
import type { TextBox } from '../../../tasks/spotting/core/decode.ts';
import { type LaneLook, useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import type { LiveTurn } from '../core/session.ts';
import { watchFrames } from '../state/watching.ts';
import { colourAt, putPicture } from './canvas.ts';
import styles from './Stage.module.css';

/** The later lane is drawn thinner, so that a box that both found shows both. */
const WIDTHS = [5, 2.5];

function outline(context: CanvasRenderingContext2D, { corners }: TextBox): void {
  context.beginPath();
  for (const { x, y } of corners) context.lineTo(x, y);
  context.closePath();
  context.stroke();
}

function drawBoxes(
  canvas: HTMLCanvasElement,
  turns: readonly LiveTurn[],
  looks: readonly LaneLook[],
) {
  const context = canvas.getContext('2d');
  if (!context) return;
  turns.forEach(({ answer }, i) => {
    const look = looks[i];
    if (answer.kind !== 'boxes' || !look) return;
    context.strokeStyle = colourAt(canvas, look.colour);
    context.lineWidth = WIDTHS[i] ?? 2;
    context.setLineDash(look.dash.split(' ').map((part) => 2 * Number(part)));
    for (const box of answer.boxes) outline(context, box);
  });
  context.setLineDash([]);
}

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

/** A digit as the network sees it, in the upper right corner. */
function insetDigit(canvas: HTMLCanvasElement, digit: Uint8Array): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixel = Math.max(1, Math.floor(canvas.height / 5 / DIGIT_SIDE));
  const left = canvas.width - pixel * DIGIT_SIDE;
  digit.forEach((ink, i) => {
    context.fillStyle = `rgb(${ink} ${ink} ${ink})`;
    const [x, y] = [i % DIGIT_SIDE, Math.floor(i / DIGIT_SIDE)];
    context.fillRect(left + x * pixel, y * pixel, pixel, pixel);
  });
}

/** The frame that lanes have just answered, with the boxes that they found in it. */
export function PictureStage({ lanes, label }: { lanes: readonly Lane[]; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lookOf = useLaneLook();
  useEffect(() => {
    const looks = lanes.map(lookOf);
    return watchFrames(({ frame: { shown }, turns }) => {
      const at = canvas.current;
      if (!at || shown.kind !== 'picture') return;
      putPicture(at, shown.picture);
      if (shown.seen) dimAround(at, shown.seen);
      if (shown.digit) insetDigit(at, shown.digit);
      drawBoxes(at, turns, looks);
    });
  }, [lanes, lookOf]);
  return (
    <canvas
      ref={canvas}
      className={styles['picture']}
      width={640}
      height={480}
      role="img"
      aria-label={`What ${label} sees, as the lanes were last asked about it`}
    />
  );
}
