import { useMemo } from 'react';
import type { Seconds } from '../../../core/units.ts';
import type { Segment } from '../core/segments.ts';
import styles from './Speech.module.css';

/** The marks of frames that differ lie below the line, so that they cover nothing. */
const MARK = { y: 1.08, height: 0.14 } as const;

interface StripProps {
  readonly stream: Float32Array;
  /** Of a frame. */
  readonly lasts: Seconds;
  readonly segments: readonly Segment[];
  readonly differing: readonly number[];
  readonly threshold: number;
  readonly colour: string;
  readonly label: string;
}

/** A lane's probability of speech over time, what it takes for speech, and where it differs. */
export function Strip(props: StripProps) {
  const { stream, lasts, segments, differing, threshold, colour, label } = props;
  const line = useMemo(
    () => `M${Array.from(stream, (each, i) => `${i},${1 - each}H${i + 1}`).join('L')}`,
    [stream],
  );
  return (
    <svg
      className={styles['strip']}
      viewBox={`0 -0.06 ${stream.length} 1.3`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {segments.map(({ start, end }) => (
        <rect
          key={start}
          className={styles['segment']}
          x={start / lasts}
          width={(end - start) / lasts}
          y={0}
          height={1}
          fill={colour}
        />
      ))}
      <path
        className={styles['half']}
        d={`M0,${1 - threshold}H${stream.length}`}
        vectorEffect="non-scaling-stroke"
      />
      <path className={styles['line']} d={line} stroke={colour} vectorEffect="non-scaling-stroke" />
      {differing.map((frame) => (
        <rect key={frame} className={styles['differs']} x={frame} width={1} {...MARK} />
      ))}
    </svg>
  );
}
