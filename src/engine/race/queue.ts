/**
 * Runs tasks strictly one after another. onnxruntime-web 1.30 freezes its thread on two runs at
 * once, corrupts memory on two sessions running at once and throws on two creations at once, so
 * create, run and release all pass through one queue per worker.
 */
export class Queue {
  private tail: Promise<unknown> = Promise.resolve();

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => {});
    return result;
  }
}
