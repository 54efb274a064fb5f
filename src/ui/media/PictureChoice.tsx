import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Model } from '../../core/models/model.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { PictureSample } from '../../core/pictures/sample.ts';
import {
  chooseCamera,
  chooseSample,
  type PictureInput,
  pictureInput,
  pictureSamples,
  pictures,
  takeFrame,
  takePicture,
} from '../../state/media/pictures.ts';
import { FileButton } from '../parts/FileButton.tsx';
import styles from '../parts/Input.module.css';
import { TextButton } from '../parts/TextButton.tsx';
import { useBusy } from '../parts/use.ts';

const TakePicture = lazy(() => import('./TakePicture.tsx'));

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
  /** Whether the network sees no more than the middle square, so that the camera shows no more. */
  readonly square?: boolean;
}

interface ComingProps extends Pick<PictureInput, 'from'> {
  readonly model: Model;
  readonly square: boolean;
}

/** The camera, or word of the picture that is on its way. */
function Coming({ model, from, square }: ComingProps) {
  if (from.kind !== 'camera') return <p role="status">Fetching the picture…</p>;
  return (
    <Suspense fallback={null}>
      <TakePicture square={square} onPicture={(picture) => takeFrame(model, picture)} />
    </Suspense>
  );
}

function titleOf(from: PictureInput['from'], sample: PictureSample | undefined): string {
  if (from.kind === 'own') return from.name;
  return from.kind === 'camera' ? 'the camera’s' : (sample?.title ?? 'no picture');
}

/** A sample with whose it is, a picture of the user's own, or one that the camera takes. */
export function PictureChoice({ model, see, square = false }: PictureChoiceProps) {
  const { from, picture } = useStore(pictures, (state) => pictureInput(state, model));
  const samples = useStore(pictures, (state) => pictureSamples(state, model));
  const busy = useBusy();
  usePasted(model, busy);
  const sample = from.kind === 'sample' ? samples[from.index] : undefined;
  const title = titleOf(from, sample);
  const taking = from.kind === 'camera' && !picture;
  const next = from.kind === 'sample' ? (from.index + 1) % Math.max(1, samples.length) : 0;
  return (
    <div className={styles['input']}>
      {picture ? see(picture, title) : <Coming model={model} from={from} square={square} />}
      {!taking && (
        <p className={styles['title']} data-picture={title}>
          {sample ? `A sample: ${title}.` : `Your picture: ${title}.`}
        </p>
      )}
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
        {!taking && (
          <>
            <TextButton disabled={busy} onClick={() => chooseCamera(model)}>
              {from.kind === 'camera' ? 'Another with the camera' : 'Camera'}
            </TextButton>
            {' · '}
          </>
        )}
        <FileButton
          label="Picture"
          accept="image/*"
          disabled={busy}
          onFiles={([file]) => void takePicture(model, file)}
        >
          Your own picture
        </FileButton>{' '}
        or paste one; it stays on this device
      </p>
    </div>
  );
}
