import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Model } from '../../../core/models/model.ts';
import styles from '../../../ui/parts/Input.module.css';
import { TextButton } from '../../../ui/parts/TextButton.tsx';
import { useTaken } from '../../../ui/parts/use.ts';
import { MAX_RECORDED, recordSound, stopRecording } from '../state/recording.ts';
import { sounds } from '../state/sounds.ts';

/** The microphone, on request; it is shut when nobody sees that it is open. */
export function Recording({ model }: { readonly model: Model }) {
  const recording = useStore(sounds, (state) => state.recording);
  const taken = useTaken();
  useEffect(() => stopRecording, []);
  return (
    <p className={styles['hint']}>
      {recording === null ? (
        <>
          <TextButton disabled={taken} onClick={() => void recordSound(model)}>
            Record
          </TextButton>{' '}
          from the microphone, {MAX_RECORDED} s at most
        </>
      ) : (
        <>
          Recording, {recording.toFixed(1)} s.{' '}
          <TextButton disabled={false} onClick={stopRecording}>
            Stop
          </TextButton>
        </>
      )}
    </p>
  );
}
