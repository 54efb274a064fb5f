import { type Remote, releaseProxy, wrap } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { OutputTensor } from '../../core/tensors/tensors.ts';
import type { FrameFeeds, FramesApi, FrameTime } from '../protocol.ts';

/** The page's end of the worker that prepares frames and reads answers. `close` ends it. */
export class FramesClient<Task, Prepared extends FrameFeeds, Answer> {
  readonly #worker: Worker;
  readonly #api: Remote<FramesApi<Task, Prepared, Answer>>;
  /** Calls that wait for an answer: how to reject each. */
  readonly #pending = new Set<(reason: Error) => void>();

  /** @param worker one that does as `serveFrames` says, and nothing else */
  constructor(worker: Worker) {
    this.#worker = worker;
    this.#worker.addEventListener('error', ({ message }) =>
      this.#fail(new Fault('OutOfMemoryError', message || 'The worker that reads frames ended.')),
    );
    this.#api = wrap<FramesApi<Task, Prepared, Answer>>(this.#worker);
  }

  /** @param labels names of the classes, where the task has classes */
  begin(task: Task, labels: readonly string[]): Promise<void> {
    return this.#call<void>(this.#api.begin(task as never, labels as never));
  }

  /** The picture is copied. @throws Fault UnsupportedInputError for one that is too small */
  prepare(picture: Picture): Promise<Prepared & FrameTime> {
    return this.#call<Prepared & FrameTime>(this.#api.prepare(picture));
  }

  /** @throws Fault AnswerError for outputs that are not the task's */
  read(
    outputs: readonly OutputTensor[],
    { width, height }: Pick<Picture, 'width' | 'height'>,
  ): Promise<Answer> {
    return this.#call<Answer>(this.#api.read(outputs, { width, height }));
  }

  close(): void {
    this.#fail(new DOMException('The session was ended.', 'AbortError'));
    this.#worker.terminate();
    this.#api[releaseProxy]();
  }

  #fail(reason: Error): void {
    for (const reject of this.#pending) reject(reason);
  }

  /** comlink's types say nothing of what is not known yet. */
  #call<T>(asked: Promise<unknown>): Promise<T> {
    const task = asked as Promise<T>;
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      task.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }
}
