import { colourAt, type fitted } from '../../../ui/parts/canvas.ts';
import type { TracePoint } from '../core/trace.ts';

export interface TraceLook {
  readonly colour: string;
  readonly dash: string;
}

interface TraceOptions {
  readonly looks: readonly TraceLook[];
  readonly threshold: number;
  /** Points that fit across. */
  readonly across: number;
}

/** Share of the height that the probabilities take; below them are the wave and the misses. */
const CURVES = 0.6;
/** Room for the scale's numbers. */
const LEFT = 26;
const FOOT = 7;

/** Draws points from the right edge leftwards, the newest last. */
export function drawTrace(
  canvas: HTMLCanvasElement,
  { context, width, height }: NonNullable<ReturnType<typeof fitted>>,
  points: readonly TracePoint[],
  { looks, threshold, across }: TraceOptions,
): void {
  const colour = (name: string) => colourAt(canvas, `var(${name})`);
  const step = (width - LEFT) / across;
  const x = (i: number) => width - (points.length - i - 0.5) * step;
  const bottom = height * CURVES;
  const y = (probability: number) => 6 + (1 - probability) * (bottom - 12);
  const middle = bottom + (height - bottom - FOOT) / 2;
  const half = (height - bottom - FOOT) / 2 - 3;

  context.fillStyle = colour('--band');
  points.forEach(({ speech }, i) => {
    if (speech) context.fillRect(x(i) - step / 2, 0, step + 0.5, height - FOOT);
  });

  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  for (const level of [0, threshold, 1]) {
    context.strokeStyle = colour(level === threshold ? '--soft' : '--line');
    context.setLineDash(level === threshold ? [3, 3] : []);
    context.beginPath();
    context.moveTo(LEFT, y(level));
    context.lineTo(width, y(level));
    context.stroke();
    context.fillStyle = colour('--soft');
    context.fillText(`${level}`, 2, y(level));
  }

  // The wave fills its place as loud as the loudest that is in view, and at least a whisper.
  const loudest = Math.max(0.05, ...points.map(({ low, high }) => Math.max(-low, high)));
  context.fillStyle = colour('--soft');
  points.forEach(({ low, high }, i) => {
    const top = middle - (high / loudest) * half;
    const tall = Math.max(1, ((high - low) / loudest) * half);
    context.fillRect(x(i) - step / 2, top, Math.max(1, step - 0.4), tall);
  });

  context.fillStyle = colour('--bad');
  points.forEach(({ late, gap }, i) => {
    if (late || gap)
      context.fillRect(x(i) - step / 2, height - FOOT + 1, Math.max(2, step), FOOT - 1);
  });

  looks.forEach((look, lane) => {
    context.strokeStyle = colourAt(canvas, look.colour);
    context.lineWidth = lane === 0 ? 2.6 : 1.8;
    context.setLineDash(look.dash === '' ? [] : look.dash.split(' ').map(Number));
    context.beginPath();
    let drawing = false;
    points.forEach(({ probabilities }, i) => {
      const probability = probabilities[lane] ?? Number.NaN;
      if (Number.isNaN(probability)) drawing = false;
      else if (drawing) context.lineTo(x(i), y(probability));
      else {
        context.moveTo(x(i), y(probability));
        drawing = true;
      }
    });
    context.stroke();
  });
  context.setLineDash([]);
}
