import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type ModeRun, modes, runOf } from '../../state/modes/modes.ts';
import { drawingBegins } from '../../state/page/drawing.ts';

/**
 * The latest run of a kind, redrawn as it changes; what is measured waits until the frame that
 * shows it is over.
 */
export function useDrawnRun(kind: string): ModeRun {
  const [run, setRun] = useState(() => runOf(modes.getState(), kind));
  useEffect(() => {
    let end: (() => void) | null = null;
    const draw = () => {
      flushSync(() => setRun(runOf(modes.getState(), kind)));
      const done = end;
      end = null;
      // A chart measures itself in the next frame and draws again; the one after shows it.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done?.())));
    };
    const schedule = () => {
      if (end) return;
      end = drawingBegins();
      setTimeout(draw);
    };
    schedule();
    return modes.subscribe((state, before) => {
      if (runOf(state, kind) !== runOf(before, kind)) schedule();
    });
  }, [kind]);
  return run;
}
