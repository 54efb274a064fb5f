import { type ReactNode, useEffect, useState } from 'react';

/**
 * Draws its children a task later: a chart's first drawing runs code that no engine has
 * optimised yet, and axes and marks in one task would hold the page for longer than a frame.
 */
export function Staged({ children }: { readonly children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true));
    return () => clearTimeout(timer);
  }, []);
  return ready ? children : null;
}
