import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Camera } from '../../../engine/media/camera.ts';
import { CameraPreview } from '../../../ui/media/CameraPreview.tsx';
import { TextButton } from '../../../ui/parts/TextButton.tsx';
import { digitInPicture } from '../core/photo/digitPhoto.ts';
import styles from './DigitCamera.module.css';
import { DigitPicture } from './DigitPicture.tsx';

/** Looking takes some ten milliseconds of the page's thread. */
const LOOK_EVERY_MS = 200;

interface SeenDigitProps {
  readonly camera: Camera;
  readonly fail: (thrown: unknown) => void;
  readonly onDigit: (image: Uint8Array) => void;
}

/** The digit in the latest frame; null while there is none. */
function useSeenDigit({ next }: Camera, fail: (thrown: unknown) => void): Uint8Array | null {
  const [seen, setSeen] = useState<Uint8Array | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const look = async () => {
      while (!left.signal.aborted) {
        setSeen(digitInPicture((await next(left.signal)).picture));
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };
    look().catch((thrown: unknown) => left.signal.aborted || fail(thrown));
    return () => left.abort();
  }, [next]);
  return seen;
}

function SeenDigit({ camera, fail, onDigit }: SeenDigitProps) {
  const seen = useSeenDigit(camera, fail);
  return (
    <div className={styles['found']}>
      <div className={styles['seen']}>
        {seen && <DigitPicture pixels={seen} label="What the model would see" />}
      </div>
      <p role="status" className={styles['says']}>
        {seen
          ? 'This is what the model would see.'
          : 'No digit found: hold one, dark on light paper, fully inside the picture.'}
      </p>
      <Button size="xs" disabled={!seen} onClick={() => seen && onDigit(seen)}>
        Take this digit
      </Button>
    </div>
  );
}

interface DigitCameraProps {
  /** The digit that was taken; null while the camera looks for one. */
  readonly image: Uint8Array | null;
  readonly busy: boolean;
  readonly onDigit: (image: Uint8Array | null) => void;
}

/** The camera's view with the digit in it as the network would see it; then the one that was taken. */
export default function DigitCamera({ image, busy, onDigit }: DigitCameraProps) {
  if (!image) {
    return (
      <CameraPreview square>
        {(camera, fail) => <SeenDigit camera={camera} fail={fail} onDigit={onDigit} />}
      </CameraPreview>
    );
  }
  return (
    <>
      <div className={styles['taken']}>
        <DigitPicture pixels={image} label="The digit from the camera" />
      </div>
      <p className={styles['says']}>
        The digit from the camera.{' '}
        <TextButton disabled={busy} onClick={() => onDigit(null)}>
          Take another
        </TextButton>
      </p>
    </>
  );
}
