/**
 * Views announce here that they are about to redraw, and a race waits with its next round until
 * they have: drawing and measuring never compete for the cores.
 */
let drawing = false;
const waiting: (() => void)[] = [];

export function drawingBegins(): void {
  drawing = true;
}

export function drawingEnds(): void {
  drawing = false;
  for (const go of waiting.splice(0)) go();
}

/** Resolves at once when nothing is being drawn. */
export function drawingDone(): Promise<void> {
  return drawing ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
}
