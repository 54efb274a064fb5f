import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react';
import { ResponsiveContainer } from 'recharts';
import { figure } from '../../core/format.ts';
import { drawInTurn, drawNoMore } from '../parts/drawQueue.ts';
import { forText } from '../parts/textSize.ts';

/** What all charts share: text, lines and margins. */
export const TICK = { fill: 'var(--soft)', fontSize: forText(11) } as const;
export const GRID = 'var(--line)';
/** Room on both sides for half of an axis' first and last label. */
export const MARGIN = { top: 8, right: 16, bottom: 0, left: 6 } as const;

/** How axes are drawn: across below the plot, values up its left side. */
export const ACROSS = { interval: 0, tick: TICK, tickLine: false, stroke: GRID } as const;
export const VALUES = {
  type: 'number',
  interval: 0,
  allowDataOverflow: true,
  tick: TICK,
  tickLine: false,
  axisLine: false,
  tickFormatter: figure,
} as const;

interface FrameProps {
  readonly height: number;
  /** What the picture shows, for those who do not see it; the figures are in the table. */
  readonly says: string;
  readonly children: ReactElement;
}

/**
 * The width of an element in CSS pixels, 0 until it is known. Not left to recharts: charts that it
 * measures in one frame are drawn in one task.
 */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    let measured = 0;
    const draw = () => setWidth(measured);
    const observer = new ResizeObserver(([entry]) => {
      measured = Math.round(entry?.contentRect.width ?? 0);
      drawInTurn(draw);
    });
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      drawNoMore(draw);
    };
  }, [element]);
  return width;
}

/** A chart as one image to assistive technology: hundreds of marks would be noise. */
export function ChartFrame({ height, says, children }: FrameProps) {
  const element = useRef<HTMLElement>(null);
  const width = useWidth(element);
  return (
    <figure ref={element} role="img" aria-label={says} style={{ margin: 0, height }}>
      {width > 0 && (
        <ResponsiveContainer width={width} height={height}>
          {children}
        </ResponsiveContainer>
      )}
    </figure>
  );
}
