import { type Remote, releaseProxy, wrap } from 'comlink';
import { lockName, watchLock } from './lock.ts';
import { Pending } from './pending.ts';

/** What a worker must offer for its end to be seen whatever it dies of; see `lock.ts`. */
interface Watchable {
  holdLock(name: string): Promise<boolean>;
}

/**
 * The page's end of a worker: calls to it reject when it cannot start, dies, or is ended from here.
 * One client is one worker: whoever wants another starts another.
 */
export class WorkerClient<Api extends object> {
  readonly worker: Worker;
  readonly api: Remote<Api>;
  private readonly pending: Pending;
  /** How the worker's death is said, with the browser's words where it has any. */
  private readonly died: (message: string) => Error;
  private readonly over = new AbortController();

  /** @param pending where calls wait; a client's own, unless several workers serve one task */
  constructor(worker: Worker, died: (message: string) => Error, pending = new Pending()) {
    this.worker = worker;
    this.died = died;
    this.pending = pending;
    worker.addEventListener('error', ({ message }) => this.fail(message));
    worker.addEventListener('messageerror', () =>
      this.fail('A message from its worker could not be read.'),
    );
    this.api = wrap<Api>(worker);
  }

  /** Calls that have not been answered. */
  get busy(): boolean {
    return this.pending.size > 0;
  }

  /** Whether it was ended, or has ended by itself. */
  get ended(): boolean {
    return this.pending.ended !== null;
  }

  /** @throws what the call rejects with, or why the worker ended */
  call<T>(ask: (api: Remote<Api>) => Promise<T>): Promise<T> {
    return this.pending.add(() => ask(this.api));
  }

  /** Has the worker hold a lock until its end, and so learns of it where no event tells. */
  async watchEnd(this: WorkerClient<Api & Watchable>, purpose: string, why = ''): Promise<void> {
    const name = lockName(purpose);
    const held = await this.call((api) => (api as Remote<Watchable>).holdLock(name));
    if (held) watchLock(name, this.over.signal, () => this.fail(why));
  }

  /** Ends the worker at once, in mid-call if need be; its memory goes back with it. */
  end(reason: Error): void {
    this.pending.fail(reason);
    this.stop();
  }

  /** The same, for a worker that nobody asks anything any more; others may serve its task. */
  stop(): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    this.worker.terminate();
    this.api[releaseProxy]();
  }

  private fail(message: string): void {
    if (!this.over.signal.aborted) this.pending.fail(this.died(message));
  }
}
