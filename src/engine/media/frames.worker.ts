/** Prepares a camera's frames and reads answers to them, off the page's thread, which draws. */
import { expose, transfer } from 'comlink';
import { Fault } from '../../core/errors.ts';
import {
  type PictureTask,
  preparePicture,
  readPictureAnswer,
} from '../../modes/live/core/pictures.ts';
import type { FramesApi } from '../protocol.ts';

let begun: { readonly task: PictureTask; readonly labels: readonly string[] } | null = null;

function requireBegun() {
  if (!begun) throw new Fault('BackendError', 'A frame came before its task.');
  return begun;
}

const api: FramesApi = {
  begin(task, labels) {
    begun = { task, labels };
  },
  prepare(picture) {
    const started = performance.now();
    const prepared = preparePicture(requireBegun().task, picture);
    const buffers = prepared.feeds?.inputs.map(({ data }) => data.buffer) ?? [];
    return transfer({ ...prepared, ms: performance.now() - started }, buffers);
  },
  read(outputs, size) {
    const { task, labels } = requireBegun();
    return readPictureAnswer(task, outputs, size, labels);
  },
};

expose(api);
