import { type ReactNode, useEffect, useRef } from 'react';
import type { Model } from '../../../core/models/model.ts';
import type { Picture } from '../../../core/tasks/picture.ts';
import {
  chooseSample,
  pictureInput,
  pictureSamples,
  takePicture,
} from '../../../state/inputs/pictures.ts';
import { TextButton } from '../../parts/TextButton.tsx';
import { useBench, useBusy } from '../../use.ts';
import styles from '../Input.module.css';

/** Pictures that are pasted anywhere on the page. */
function usePasted(model: Model, busy: boolean): void {
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const file = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file && !busy) void takePicture(model, file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [model, busy]);
}

interface PictureChoiceProps {
  readonly model: Model;
  /** How the picture is shown. */
  readonly see: (picture: Picture, title: string) => ReactNode;
}

/** A sample with whose it is, or a picture of the user's own. */
export function PictureChoice({ model, see }: PictureChoiceProps) {
  const { from, picture } = useBench((state) => pictureInput(state, model));
  const samples = useBench((state) => pictureSamples(state, model));
  const busy = useBusy();
  const file = useRef<HTMLInputElement>(null);
  usePasted(model, busy);
  const sample = from.kind === 'sample' ? samples[from.index] : undefined;
  const title = sample?.title ?? (from.kind === 'own' ? from.name : 'no picture');
  const next = from.kind === 'sample' ? (from.index + 1) % Math.max(1, samples.length) : 0;
  return (
    <div className={styles['input']}>
      {picture ? see(picture, title) : <p role="status">Fetching the picture…</p>}
      <p className={styles['title']} data-picture={title}>
        {sample ? `A sample: ${title}.` : `Your picture: ${title}.`}
      </p>
      {sample && (
        <p className={styles['hint']}>
          {sample.author}, {sample.licence}
        </p>
      )}
      <p className={styles['hint']}>
        <TextButton disabled={busy} onClick={() => void chooseSample(model, next)}>
          {sample ? 'Another sample' : 'A sample'}
        </TextButton>
        {' · '}
        <TextButton disabled={busy} onClick={() => file.current?.click()}>
          Your own picture
        </TextButton>{' '}
        or paste one; it stays on this device
      </p>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture"
        onChange={({ currentTarget }) => {
          const [picked] = currentTarget.files ?? [];
          if (picked) void takePicture(model, picked);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
