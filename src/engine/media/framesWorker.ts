import { expose, transfer } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { Picture, Size } from '../../core/pictures/picture.ts';
import type { OutputTensor } from '../../core/tensors/tensors.ts';
import type { FrameFeeds, FramesApi } from '../protocol.ts';

/** What a task makes of pictures, and of answers to them. */
interface FramesOf<Task, Prepared extends FrameFeeds, Answer> {
  prepare(task: Task, picture: Picture): Prepared;
  /** @param size the picture's, in pixels */
  read(task: Task, outputs: readonly OutputTensor[], size: Size, labels: readonly string[]): Answer;
}

/** Makes a worker prepare a camera's frames and read answers to them, off the thread that draws. */
export function serveFrames<Task, Prepared extends FrameFeeds, Answer>(
  frames: FramesOf<Task, Prepared, Answer>,
): void {
  let begun: { readonly task: Task; readonly labels: readonly string[] } | null = null;
  const requireBegun = () => {
    if (!begun) throw new Fault('BackendError', 'A frame came before its task.');
    return begun;
  };
  const api: FramesApi<Task, Prepared, Answer> = {
    begin(task, labels) {
      begun = { task, labels };
    },
    prepare(picture) {
      const started = performance.now();
      const prepared = frames.prepare(requireBegun().task, picture);
      const buffers = prepared.feeds?.inputs.map(({ data }) => data.buffer) ?? [];
      return transfer({ ...prepared, ms: performance.now() - started }, buffers);
    },
    read(outputs, size) {
      const { task, labels } = requireBegun();
      return frames.read(task, outputs, size, labels);
    },
  };
  expose(api);
}
