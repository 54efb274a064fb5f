import { type Remote, releaseProxy, wrap } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { OutputTensor } from '../../core/tensors/tensors.ts';
import type { LiveAnswer } from '../../modes/live/core/answer.ts';
import type { PictureTask } from '../../modes/live/core/pictures.ts';
import type { FramesApi, PreparedFrame } from '../protocol.ts';

/** The page's end of the worker that prepares frames and reads answers. `close` ends it. */
export class FramesClient {
  readonly #worker: Worker;
  readonly #api: Remote<FramesApi>;
  /** Calls that wait for an answer: how to reject each. */
  readonly #pending = new Set<(reason: Error) => void>();

  constructor() {
    this.#worker = new Worker(new URL('./frames.worker.ts', import.meta.url), {
      type: 'module',
      name: 'frames',
    });
    this.#worker.addEventListener('error', ({ message }) =>
      this.#fail(new Fault('OutOfMemoryError', message || 'The worker that reads frames ended.')),
    );
    this.#api = wrap<FramesApi>(this.#worker);
  }

  /** @param labels names of the classes, where the task has classes */
  begin(task: PictureTask, labels: readonly string[]): Promise<void> {
    return this.#call(this.#api.begin(task, labels));
  }

  /** The picture is copied. @throws Fault UnsupportedInputError for one that is too small */
  prepare(picture: Picture): Promise<PreparedFrame> {
    return this.#call(this.#api.prepare(picture));
  }

  /** @throws Fault AnswerError for outputs that are not the task's */
  read(
    outputs: readonly OutputTensor[],
    { width, height }: Pick<Picture, 'width' | 'height'>,
  ): Promise<LiveAnswer> {
    // comlink's type of a union's promise is a union of promises.
    return this.#call(this.#api.read(outputs, { width, height }) as Promise<LiveAnswer>);
  }

  close(): void {
    this.#fail(new DOMException('The session was ended.', 'AbortError'));
    this.#worker.terminate();
    this.#api[releaseProxy]();
  }

  #fail(reason: Error): void {
    for (const reject of this.#pending) reject(reason);
  }

  #call<T>(task: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      task.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }
}
