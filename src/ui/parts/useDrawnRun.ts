import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Kind, type ModeRun, modes } from '../../state/modes/modes.ts';
import { drawingBegins } from '../../state/page/drawing.ts';

/**
 * The latest run of a kind, redrawn as it changes; what is measured waits until the frame that
 * shows it is over.
 */
export function useDrawnRun<K extends Kind>(kind: K): ModeRun<K> {
  const [run, setRun] = useState<ModeRun<K>>(() => modes.getState().runs[kind]);
  useEffect(() => {
    let end: (() => void) | null = null;
    const draw = () => {
      flushSync(() => setRun(modes.getState().runs[kind]));
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
    return modes.subscribe(({ runs }, before) => {
      if (runs[kind] !== before.runs[kind]) schedule();
    });
  }, [kind]);
  return run;
}
