import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { type Camera, openCamera } from '../../../engine/media/camera.ts';
import { FramesClient } from '../../../engine/media/frames.ts';
import { classNamesOf } from '../../../tasks/photos/state/state.ts';
import type { LiveAnswer } from '../core/answer.ts';
import type { PictureTask, Prepared } from '../core/pictures.ts';
import type { LiveFrame } from '../core/session.ts';
import type { LiveShown } from '../core/shown.ts';
import type { LiveKind, LiveSource, SourceRequest } from './source.ts';

/** The time between two frames, as the camera says. */
function intervalOf({ stream }: Camera): number | null {
  const { frameRate } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return frameRate ? 1000 / frameRate : null;
}

async function open({ model, from, signal }: SourceRequest): Promise<LiveSource> {
  const task = model.task as PictureTask;
  const facing = from.kind === 'camera' ? from.facing : 'environment';
  const labels = task.kind === 'photos' ? await classNamesOf(model, signal) : [];
  const camera = await openCamera(facing);
  const worker = new Worker(new URL('./frames.worker.ts', import.meta.url), {
    type: 'module',
    name: 'frames',
  });
  const frames = new FramesClient<PictureTask, Prepared, LiveAnswer>(worker);
  const close = () => {
    camera.close();
    frames.close();
  };
  try {
    signal.throwIfAborted();
    await frames.begin(task, labels);
  } catch (thrown) {
    close();
    throw thrown;
  }
  let presented: number | null = null;
  return {
    label: camera.label,
    interval: intervalOf(camera),
    next: async (): Promise<LiveFrame<LiveShown>> => {
      const { picture, at, presented: now } = await camera.next(signal);
      const { feeds, seen, digit, ms } = await frames.prepare(picture);
      const offered = presented === null ? 1 : Math.max(1, now - presented);
      presented = now;
      return {
        at,
        offered,
        prepareMs: ms,
        feeds: feeds && ((): FeedSet => feeds),
        read: (_, outputs) => frames.read(outputs, picture),
        shown: { kind: 'picture', picture, seen, digit },
      };
    },
    restart: () => {
      presented = null;
    },
    close,
  };
}

/** What looks through a camera. */
export const cameraLive: LiveKind = {
  sources: () => [
    {
      from: { kind: 'camera', facing: 'environment' },
      title: 'Camera at the back, or the only one',
    },
    { from: { kind: 'camera', facing: 'user' }, title: 'Camera at the front' },
  ],
  open,
};
