import type { LiveTurn } from '../../../core/live/frame.ts';
import { PictureStage } from '../../../ui/media/PictureStage.tsx';
import { colourAt } from '../../../ui/parts/canvas.ts';
import type { LaneLook } from '../../../ui/parts/wrongLanes.tsx';
import type { LiveViews } from '../../../ui/tasks/live.ts';
import type { TextBox } from '../core/decode.ts';
import type { BoxesAnswer } from '../core/live.ts';
import { spottingLive } from '../state/live.ts';

/** The later lane is drawn thinner, so that a box that both found shows both. */
const WIDTHS = [5, 2.5];

function outline(context: CanvasRenderingContext2D, { corners }: TextBox): void {
  context.beginPath();
  for (const { x, y } of corners) context.lineTo(x, y);
  context.closePath();
  context.stroke();
}

/** Outlines of what each lane found. */
function drawBoxes(
  canvas: HTMLCanvasElement,
  turns: readonly LiveTurn[],
  looks: readonly LaneLook[],
) {
  const context = canvas.getContext('2d');
  if (!context) return;
  turns.forEach(({ answer }, i) => {
    const look = looks[i];
    if (!look) return;
    context.strokeStyle = colourAt(canvas, look.colour);
    context.lineWidth = WIDTHS[i] ?? 2;
    context.setLineDash(look.dash.split(' ').map((part) => 2 * Number(part)));
    for (const box of (answer as BoxesAnswer).boxes) outline(context, box);
  });
  context.setLineDash([]);
}

export default {
  ...spottingLive,
  Stage: ({ lanes, label }) => <PictureStage lanes={lanes} label={label} draw={drawBoxes} />,
  legend: (thicker) => `Around lines of text, each lane’s outline in its colour${thicker}.`,
} satisfies LiveViews;
