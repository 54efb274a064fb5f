import { useEffect, useRef } from 'react';
import type { Model } from '../../../core/models/model.ts';
import type { PhotosTask } from '../../../core/tasks/photos/task.ts';
import { choosePhoto, takePhoto } from '../../../state/inputs/photos.ts';
import { TextButton } from '../../parts/TextButton.tsx';
import { useBench, useBusy } from '../../use.ts';
import styles from '../Input.module.css';
import { SeenPicture } from './SeenPicture.tsx';

/** Pictures that are pasted anywhere on the page. */
function usePasted(busy: boolean): void {
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const file = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file && !busy) void takePhoto(file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [busy]);
}

/** A sample with whose it is, or a picture of the user's own. */
export default function PhotoInput({
  model,
  task,
}: {
  readonly model: Model;
  readonly task: PhotosTask;
}) {
  const { from, picture } = useBench((state) => state.photo);
  const busy = useBusy();
  const file = useRef<HTMLInputElement>(null);
  usePasted(busy);
  const samples = model.photos?.photos ?? [];
  const sample = from.kind === 'sample' ? samples[from.index] : undefined;
  const title = sample?.title ?? (from.kind === 'own' ? from.name : 'no picture');
  const next = from.kind === 'sample' ? (from.index + 1) % Math.max(1, samples.length) : 0;
  return (
    <div className={styles['input']}>
      {picture ? (
        <SeenPicture task={task} picture={picture} label={`What the network sees of ${title}`} />
      ) : (
        <p role="status">Fetching the picture…</p>
      )}
      <p className={styles['title']} data-photo={title}>
        {sample ? `A sample: ${title}.` : `Your picture: ${title}.`}
      </p>
      {sample && (
        <p className={styles['hint']}>
          {sample.author}, {sample.licence}
        </p>
      )}
      <p className={styles['hint']}>
        <TextButton disabled={busy} onClick={() => void choosePhoto(model, next)}>
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
          if (picked) void takePhoto(picked);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
