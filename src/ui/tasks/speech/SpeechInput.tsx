import { NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import type { Model } from '../../../core/models/model.ts';
import { MOST_SECONDS } from '../../../core/tasks/speech/sound.ts';
import type { SpeechTask } from '../../../core/tasks/speech/task.ts';
import { chooseClip, takeSound } from '../../../state/inputs/sounds.ts';
import { TextButton } from '../../parts/TextButton.tsx';
import { useBench, useBusy } from '../../use.ts';
import styles from '../Input.module.css';
import { Player } from './Player.tsx';
import { Wave } from './Wave.tsx';

const OWN = 'own';

interface SpeechInputProps {
  readonly model: Model;
  readonly task: SpeechTask;
}

/** A clip with whose it is, or sound of the user's own. */
export default function SpeechInput({ model, task }: SpeechInputProps) {
  const { from, sound } = useBench((state) => state.sound);
  const busy = useBusy();
  const picker = useRef<HTMLInputElement>(null);
  const clips = model.clips ?? [];
  const clip = from.kind === 'clip' ? clips[from.index] : undefined;
  const own = from.kind === 'own' ? [{ value: OWN, label: `Your sound: ${from.name}` }] : [];
  const title = clip?.title ?? (from.kind === 'own' ? from.name : '');
  return (
    <div className={styles['input']}>
      <NativeSelect
        size="xs"
        label="Sound"
        disabled={busy}
        value={from.kind === 'own' ? OWN : `${from.index}`}
        onChange={({ currentTarget: { value } }) => {
          if (value !== OWN) void chooseClip(model, Number(value));
        }}
        data={[...own, ...clips.map((each, index) => ({ value: `${index}`, label: each.title }))]}
      />
      {sound ? (
        <>
          <Wave task={task} sound={sound} label={`The sound of ${title}`} />
          <Player
            samples={sound.samples}
            sampleRate={task.sampleRate}
            label={`Play what the network hears of ${title}`}
          />
        </>
      ) : (
        <p role="status">Fetching the sound…</p>
      )}
      <p className={styles['hint']} data-sound={sound ? title : undefined}>
        {clip && `${clip.sentence} ${clip.source}, ${clip.licence}. `}
        {sound?.cut && `Only its first ${MOST_SECONDS} seconds are heard. `}
        {sound?.speech && sound.speech.length > 0 && 'Below the wave: where somebody speaks.'}
      </p>
      <p className={styles['hint']}>
        One frame of it is timed; after the rounds every lane hears all of it.
      </p>
      <p className={styles['hint']}>
        <TextButton disabled={busy} onClick={() => picker.current?.click()}>
          A sound file of yours
        </TextButton>{' '}
        or drop it; it stays on this device
      </p>
      <input
        ref={picker}
        type="file"
        accept="audio/*,.wav"
        hidden
        aria-label="Sound file"
        onChange={({ currentTarget }) => {
          const [picked] = currentTarget.files ?? [];
          if (picked) void takeSound(model, picked);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
