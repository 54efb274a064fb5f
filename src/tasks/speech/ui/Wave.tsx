import { useMemo } from 'react';
import type { HeardSound } from '../core/sound.ts';
import type { SpeechTask } from '../core/task.ts';
import { waveOf } from '../core/wave.ts';
import styles from './Speech.module.css';

/** Of a drawing that is stretched to its place. */
const COLUMNS = 400;

interface WaveProps {
  readonly task: SpeechTask;
  readonly sound: HeardSound;
  readonly label: string;
}

/** Sound over time; where somebody speaks is marked below it, where that is known. */
export function Wave({ task, sound, label }: WaveProps) {
  const { samples, speech } = sound;
  const outline = useMemo(() => {
    const wave = waveOf(samples, COLUMNS);
    // Quiet sound is drawn as large as loud sound: it is where, not how loud, that counts.
    const peak = Math.max(1e-6, ...wave.map(({ low, high }) => Math.max(-low, high)));
    const points = [
      ...wave.map(({ high }, i) => `${i},${-high / peak}`),
      ...wave.map(({ low }, i) => `${i},${-low / peak}`).reverse(),
    ];
    return `M${points.join('L')}Z`;
  }, [samples]);
  const place = (seconds: number) => (seconds * task.sampleRate * COLUMNS) / samples.length;
  return (
    <svg
      className={styles['wave']}
      viewBox={`0 -1 ${COLUMNS} 2.3`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={outline} />
      {speech?.map(({ start, end }) => (
        <rect key={start} x={place(start)} width={place(end - start)} y={1.1} height={0.2} />
      ))}
    </svg>
  );
}
