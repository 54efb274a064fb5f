import type { ReactNode } from 'react';
import type { Camera } from '../../engine/media/camera.ts';
import { Fault } from '../parts/Fault.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './Camera.module.css';
import { useCamera } from './useCamera.ts';

function Video({ camera }: { readonly camera: Camera }) {
  const show = (video: HTMLVideoElement | null) => {
    if (video && video.srcObject !== camera.stream) video.srcObject = camera.stream;
  };
  return <video ref={show} autoPlay muted playsInline aria-label="What the camera sees" />;
}

interface CameraPreviewProps {
  /** Shows the middle square only, where a network sees no more. */
  readonly square: boolean;
  /** What is done with the open camera; `fail` is told what could not be done with it. */
  readonly children: (camera: Camera, fail: (thrown: unknown) => void) => ReactNode;
}

/** What the camera sees, which is open as long as this is on the page. */
export function CameraPreview({ square, children }: CameraPreviewProps) {
  const { status, again, other, fail } = useCamera();
  switch (status.state) {
    case 'opening':
      return (
        <div className={styles['view']} data-square role="status">
          Waiting for the camera: the browser may ask you first.
        </div>
      );
    case 'failed':
      return (
        <div>
          <Fault error={status.error} />
          <p className={styles['hint']}>
            <TextButton disabled={false} onClick={again}>
              Try again
            </TextButton>
          </p>
        </div>
      );
    case 'open':
      return (
        <div className={styles['camera']}>
          <div className={styles['view']} data-square={square || undefined}>
            <Video camera={status.camera} />
          </div>
          {children(status.camera, fail)}
          <p className={styles['hint']}>
            {status.camera.label || 'The camera'}
            {status.others && (
              <>
                {' · '}
                <TextButton disabled={false} onClick={other}>
                  Another camera
                </TextButton>
              </>
            )}
            {' · '}no picture leaves this device
          </p>
        </div>
      );
    default:
      return status satisfies never;
  }
}
