/**
 * Views redraw one after the other, each in a task of its own: together they would hold the main
 * thread for longer than a frame. What is measured waits meanwhile, see state/page/drawing.ts.
 */
import { flushSync } from 'react-dom';
import { drawingBegins } from '../../state/page/drawing.ts';

const waiting = new Set<() => void>();
/** Told when everything that changed has been drawn. */
const settled = new Set<() => void>();

let drawing = false;

/** @param draw sets state; asked for again before its turn comes, it is still drawn once */
export function drawInTurn(draw: () => void): void {
  waiting.add(draw);
  if (drawing) return;
  drawing = true;
  const end = drawingBegins();
  const drawNext = () => {
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      // At once: left to React's scheduler, several would be rendered in one task.
      flushSync(next);
      setTimeout(drawNext);
      return;
    }
    drawing = false;
    for (const tell of settled) tell();
    // A chart drawn for the first time is measured in the next frame, which puts it into the
    // queue again; the frame that shows it comes after that.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(end)));
  };
  setTimeout(drawNext);
}

/** For a view that goes before its turn came. */
export const drawNoMore = (draw: () => void): void => {
  waiting.delete(draw);
};

/** @returns ends the telling */
export function onceDrawn(tell: () => void): () => void {
  settled.add(tell);
  return () => settled.delete(tell);
}
