/**
 * Views announce here that they are about to redraw, and a race waits with its next round until
 * they have: drawing and measuring never compete for the cores.
 */
let drawings = 0;
const waiting: (() => void)[] = [];

/** @returns ends this drawing; to be called once */
export function drawingBegins(): () => void {
  drawings += 1;
  return () => {
    drawings -= 1;
    if (drawings > 0) return;
    for (const go of waiting.splice(0)) go();
  };
}

/** Resolves at once when nothing is being drawn. */
export function drawingDone(): Promise<void> {
  return drawings > 0 ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
}

/** Runs a task that takes the main thread for a while; rounds wait for it as for a drawing. */
export async function betweenRounds<T>(task: () => Promise<T>): Promise<T> {
  const end = drawingBegins();
  try {
    return await task();
  } finally {
    end();
  }
}
