import type { Remote } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { OutputTensor } from '../../core/tensors/tensors.ts';
import type { FrameFeeds, FramesApi, FrameTime } from '../protocol.ts';
import { WorkerClient } from '../worker/workerClient.ts';

const died = (message: string) =>
  new Fault('OutOfMemoryError', message || 'The worker that reads frames ended.');

/** The page's end of the worker that prepares frames and reads answers. `close` ends it. */
export class FramesClient<Task, Prepared extends FrameFeeds, Answer> {
  readonly #client: WorkerClient<FramesApi<Task, Prepared, Answer>>;

  /** @param worker one that does as `serveFrames` says, and nothing else */
  constructor(worker: Worker) {
    this.#client = new WorkerClient(worker, died);
  }

  /** @param labels names of the classes, where the task has classes */
  begin(task: Task, labels: readonly string[]): Promise<void> {
    return this.#call<void>((api) => api.begin(task as never, labels as never));
  }

  /** The picture is copied. @throws Fault UnsupportedInputError for one that is too small */
  prepare(picture: Picture): Promise<Prepared & FrameTime> {
    return this.#call<Prepared & FrameTime>((api) => api.prepare(picture));
  }

  /** @throws Fault AnswerError for outputs that are not the task's */
  read(
    outputs: readonly OutputTensor[],
    { width, height }: Pick<Picture, 'width' | 'height'>,
  ): Promise<Answer> {
    return this.#call<Answer>((api) => api.read(outputs, { width, height }));
  }

  close(): void {
    this.#client.end(new DOMException('The session was ended.', 'AbortError'));
  }

  /** comlink's types of generic answers are no plain promises. */
  #call<T>(ask: (api: Remote<FramesApi<Task, Prepared, Answer>>) => unknown): Promise<T> {
    return this.#client.call((api) => ask(api) as Promise<T>);
  }
}
