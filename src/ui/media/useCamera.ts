import { useEffect, useState } from 'react';
import type { ErrorFacts } from '../../core/race/events.ts';
import { errorFacts } from '../../core/race/events.ts';
import { type Camera, type Facing, hasOtherCamera, openCamera } from '../../engine/media/camera.ts';

type CameraStatus =
  | { readonly state: 'opening' }
  /** `others`: whether there is another to switch to. */
  | { readonly state: 'open'; readonly camera: Camera; readonly others: boolean }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

interface Asked {
  readonly facing: Facing;
  /** The camera that another is wanted for. */
  readonly instead?: string;
}

/** What things are held before, on a phone; elsewhere the one that the browser chooses. */
const FIRST: Asked = { facing: 'environment' };

interface UsedCamera {
  readonly status: CameraStatus;
  /** Opens it again after a fault. */
  readonly again: () => void;
  /** Goes on with the next camera. */
  readonly other: () => void;
  /** What a caller could not do with the camera. */
  readonly fail: (thrown: unknown) => void;
}

/** A camera that is open as long as its component is on the page. */
export function useCamera(): UsedCamera {
  const [asked, ask] = useState(FIRST);
  const [status, setStatus] = useState<CameraStatus>({ state: 'opening' });
  const fail = (thrown: unknown) => setStatus({ state: 'failed', error: errorFacts(thrown) });
  useEffect(() => {
    let [left, opened]: [boolean, Camera | null] = [false, null];
    const open = async () => {
      const camera = await openCamera(asked.facing, asked.instead);
      opened = camera;
      if (left) return camera.close();
      camera.ended.addEventListener('abort', () => left || fail(camera.ended.reason));
      const others = await hasOtherCamera();
      if (!left && !camera.ended.aborted) setStatus({ state: 'open', camera, others });
    };
    setStatus({ state: 'opening' });
    open().catch((thrown: unknown) => left || fail(thrown));
    return () => {
      left = true;
      opened?.close();
    };
  }, [asked]);
  const other = () => {
    if (status.state !== 'open') return;
    const { facing, id } = status.camera;
    ask({ facing: facing === 'user' ? 'environment' : 'user', instead: id });
  };
  return { status, again: () => ask({ ...asked }), other, fail };
}
