import { useEffect, useState } from 'react';
import { writeWav } from '../../../core/sound/wavWrite.ts';
import styles from './Speech.module.css';

interface PlayerProps {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly label: string;
}

/** Plays what the network hears: one channel, of its own rate. */
export function Player({ samples, sampleRate, label }: PlayerProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(
      new Blob([writeWav({ samples, sampleRate })], { type: 'audio/wav' }),
    );
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [samples, sampleRate]);
  // biome-ignore lint/a11y/useMediaCaption: nobody knows the words of a user's sound
  return <audio className={styles['player']} controls src={url} aria-label={label} />;
}
