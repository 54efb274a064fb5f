import { useEffect, useRef } from 'react';
import type { Lane } from '../../../core/race/lane.ts';
import { watchFrames } from '../../../state/live/watching.ts';
import { fitted } from '../../../ui/parts/canvas.ts';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { type TracePoint, tracePoint } from '../core/trace.ts';
import { drawTrace, type TraceLook } from './drawTrace.ts';
import styles from './SoundStage.module.css';

/** Frames that fit across: ten seconds of sound. */
const ACROSS = 312;

interface SoundStageProps {
  readonly lanes: readonly Lane[];
  readonly threshold: number;
  readonly label: string;
}

/** The last seconds of sound: each lane's probability of speech above, the wave below. */
export function SoundStage({ lanes, threshold, label }: SoundStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lookOf = useLaneLook();
  useEffect(() => {
    const looks: readonly TraceLook[] = lanes.map(lookOf);
    const points: TracePoint[] = [];
    let due = 0;
    const draw = () => {
      due = 0;
      const at = canvas.current && fitted(canvas.current);
      if (at && canvas.current)
        drawTrace(canvas.current, at, points, { looks, threshold, across: ACROSS });
    };
    const schedule = () => {
      if (due === 0) due = requestAnimationFrame(draw);
    };
    const sized = new ResizeObserver(schedule);
    if (canvas.current) sized.observe(canvas.current);
    const stop = watchFrames(({ frame: { shown, offered }, turns, deadline }) => {
      if (shown.kind !== 'sound') return;
      points.push(tracePoint(shown.samples, shown.speech, offered, turns, deadline));
      if (points.length > ACROSS) points.shift();
      schedule();
    });
    return () => {
      stop();
      sized.disconnect();
      cancelAnimationFrame(due);
    };
  }, [lanes, lookOf, threshold]);
  return (
    <canvas
      ref={canvas}
      className={styles['sound']}
      role="img"
      aria-label={`The last 10 seconds of ${label}: each lane’s probability of speech above, the sound below`}
    />
  );
}
