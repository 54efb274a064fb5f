import { useEffect } from 'react';
import { drawingBegins } from '../../state/page/drawing.ts';

/** While code that draws arrives and is compiled, no round starts. */
export function CodeLoading() {
  useEffect(() => {
    const end = drawingBegins();
    // What came announces its own first drawing a few tasks later: no gap in between.
    return () => void setTimeout(end, 100);
  }, []);
  return null;
}
