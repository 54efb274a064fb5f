import type { LiveAnswer, LiveAnswers } from '../../core/live/answer.ts';
import type { LiveFrame } from '../../core/live/frame.ts';
import type { PreparedPicture } from '../../core/live/pictures.ts';
import type { LiveShown } from '../../core/live/shown.ts';
import type { Model } from '../../core/models/model.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import { type Camera, openCamera } from '../../engine/media/camera.ts';
import { FramesClient } from '../../engine/media/frames.ts';
import type { LiveKind, LiveSource, SourceRequest } from './source.ts';

/** The time between two frames, as the camera says. */
function intervalOf({ stream }: Camera): number | null {
  const { frameRate } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return frameRate ? 1000 / frameRate : null;
}

/** What a kind of task that looks at pictures brings. */
export interface CameraTask {
  /** Starts a worker that does as `serveFrames` says with pictures and answers of the task. */
  readonly worker: () => Worker;
  /** Names of a model's classes, where they have to be fetched. */
  readonly labels?: (model: Model, signal: AbortSignal) => Promise<readonly string[]>;
  readonly answers: LiveAnswers;
}

async function open(
  { worker, labels }: CameraTask,
  { model, from, signal }: SourceRequest,
): Promise<LiveSource> {
  const facing = from.kind === 'camera' ? from.facing : 'environment';
  const names = (await labels?.(model, signal)) ?? [];
  const camera = await openCamera(facing);
  const frames = new FramesClient<AnyTask, PreparedPicture, LiveAnswer>(worker());
  const close = () => {
    camera.close();
    frames.close();
  };
  try {
    signal.throwIfAborted();
    await frames.begin(model.task, names);
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
      const { feeds, seen, inset, ms } = await frames.prepare(picture);
      const offered = presented === null ? 1 : Math.max(1, now - presented);
      presented = now;
      return {
        at,
        offered,
        prepareMs: ms,
        feeds: feeds && ((): FeedSet => feeds),
        read: (_, outputs) => frames.read(outputs, picture),
        shown: { kind: 'picture', picture, seen, inset },
      };
    },
    restart: () => {
      presented = null;
    },
    close,
  };
}

/** Looks through a camera for a kind of task. */
export const cameraLive = (task: CameraTask): LiveKind => ({
  answers: task.answers,
  sources: () => [
    {
      from: { kind: 'camera', facing: 'environment' },
      title: 'Back camera, or the only one',
    },
    { from: { kind: 'camera', facing: 'user' }, title: 'Front camera' },
  ],
  open: (request) => open(task, request),
});
