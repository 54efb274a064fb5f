import { type ReactNode, useEffect, useState } from 'react';
import { drawInTurn, drawNoMore } from '../parts/drawQueue.ts';

/**
 * Draws its children when it is their turn, in a task of their own: a chart's first drawing runs code that no engine has
 * optimised yet, and axes and marks in one task would hold the page for longer than a frame.
 */
export function Staged({ children }: { readonly children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const draw = () => setReady(true);
    drawInTurn(draw);
    return () => drawNoMore(draw);
  }, []);
  return ready ? children : null;
}
