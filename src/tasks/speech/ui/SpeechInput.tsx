import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import type { Model } from '../../../core/models/model.ts';
import { FileButton } from '../../../ui/parts/FileButton.tsx';
import styles from '../../../ui/parts/Input.module.css';
import { useBusy } from '../../../ui/parts/use.ts';
import { type SpeechModel, speechModel } from '../core/kind.ts';
import { MAX_SECONDS } from '../core/sound.ts';
import { chooseClip, type SoundInput, sounds, takeSound } from '../state/sounds.ts';
import { Player } from './Player.tsx';
import { Recording } from './Recording.tsx';
import { Wave } from './Wave.tsx';

/** In the list of sounds, where a clip has its place's number. */
const OWN = 'own';

/** What is heard, in a word or two. */
function titleOf({ clips = [] }: SpeechModel, { from }: SoundInput): string {
  switch (from.kind) {
    case 'clip':
      return clips[from.index]?.title ?? '';
    case 'own':
      return `Your sound: ${from.name}`;
    case 'recorded':
      return 'Your recording';
    default:
      return from satisfies never;
  }
}

/** A clip with whose it is, or sound of the user's own. */
export function SpeechInput({ model: given }: { readonly model: Model }) {
  const model = speechModel(given);
  const { task } = model;
  const input = useStore(sounds, (state) => state.input);
  const { from, sound } = input;
  const recording = useStore(sounds, (state) => state.recording !== null);
  const busy = useBusy() || recording;
  const clips = model.clips ?? [];
  const clip = from.kind === 'clip' ? clips[from.index] : undefined;
  const title = titleOf(model, input);
  return (
    <div className={styles['input']}>
      <NativeSelect
        size="xs"
        label="Sound"
        disabled={busy}
        value={from.kind === 'clip' ? `${from.index}` : OWN}
        onChange={({ currentTarget: { value } }) => {
          if (value !== OWN) void chooseClip(model, Number(value));
        }}
        data={[
          ...(clip ? [] : [{ value: OWN, label: title }]),
          ...clips.map((each, index) => ({ value: `${index}`, label: each.title })),
        ]}
      />
      {sound ? (
        <>
          <Wave task={task} sound={sound} label={`The sound of ${title}`} />
          <Player
            samples={sound.samples}
            sampleRate={task.sampleRate}
            label={`Play ${title} as the model hears it`}
          />
        </>
      ) : (
        <p role="status">Fetching the sound…</p>
      )}
      <p className={styles['hint']} data-sound={sound ? title : undefined}>
        {clip && `${clip.sentence} ${clip.source}, ${clip.licence}. `}
        {sound?.cut && `Only its first ${MAX_SECONDS} seconds are used. `}
        {sound?.speech && sound.speech.length > 0 && 'Below the wave: where somebody speaks.'}
      </p>
      <p className={styles['hint']}>
        Its middle frame is timed, as if preceded by silence; after the rounds, every lane runs over
        all of it.
      </p>
      <p className={styles['hint']}>
        <FileButton
          label="Sound file"
          accept="audio/*,.wav"
          disabled={busy}
          onFiles={([file]) => void takeSound(model, file)}
        >
          A sound file of yours
        </FileButton>{' '}
        or drop it; it stays on this device
      </p>
      <Recording model={model} />
    </div>
  );
}
