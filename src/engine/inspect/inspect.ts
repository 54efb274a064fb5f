import { type Remote, releaseProxy, wrap } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { ValueType } from '../../core/inspect/shapes/types.ts';
import type { ModelSummary } from '../../core/models/summary.ts';
import type { InspectApi, Inspected, ModelFiles } from '../protocol.ts';

/** Ends a worker that takes longer: what is read so long is no model that runs in a browser. */
const WATCHDOG_MS = 20_000;

/** The page's end of a worker that reads models, one at a time. `close` ends it, in mid-work if need be. */
export class InspectClient {
  private readonly worker: Worker;
  private readonly api: Remote<InspectApi>;
  private readonly over: Promise<never>;
  /** It was closed, died or was given up. */
  ended = false;
  private end: (reason: Error) => void = () => {};
  private pending = 0;

  constructor() {
    this.worker = new Worker(new URL('./inspect.worker.ts', import.meta.url), {
      type: 'module',
      name: 'inspect',
    });
    this.over = new Promise((_, reject) => {
      this.end = (reason) => {
        this.ended = true;
        reject(reason);
      };
    });
    // Every call races against it; with no call pending nobody else would handle it.
    this.over.catch(() => {});
    this.worker.addEventListener('error', ({ message }) => {
      this.end(new Fault('OutOfMemoryError', message || 'The worker that reads models ended.'));
    });
    this.api = wrap<InspectApi>(this.worker);
  }

  /** @throws Fault as `InspectApi.summarise`, or OutOfMemoryError */
  summarise(files: ModelFiles): Promise<ModelSummary> {
    return this.call(this.api.summarise(files), files.file);
  }

  /** @throws Fault as `readModel` and `inspect` do, or OutOfMemoryError */
  open(files: ModelFiles, sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call(this.api.open(files, sizes), files.file);
  }

  /** The opened model again, with other sizes for its dynamic dimensions. */
  resize(sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call(this.api.resize(sizes), 'The model');
  }

  /** The opened model as a file in which every node has a name. */
  named(): Promise<Blob> {
    return this.call(this.api.named(), 'The model');
  }

  /** The opened model as a file that gives out these tensors too. */
  withOutputs(names: readonly string[]): Promise<Blob> {
    return this.call(this.api.withOutputs(names), 'The model');
  }

  /** The opened model again, with what a run at these sizes gave out. */
  learn(
    sizes: Readonly<Record<string, number>>,
    observed: ReadonlyMap<string, ValueType>,
  ): Promise<Inspected> {
    return this.call(this.api.learn(sizes, observed), 'The model');
  }

  close(): void {
    this.end(new DOMException('The model was closed.', 'AbortError'));
    this.worker.terminate();
    this.api[releaseProxy]();
  }

  /** Whether it is at work; a new model need not wait for that. */
  get busy(): boolean {
    return this.pending > 0;
  }

  private async call<T>(pending: Promise<T>, what: string): Promise<T> {
    this.pending += 1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const message = `${what} could not be read within ${WATCHDOG_MS / 1000} s.`;
        const fault = new Fault('ModelRejectedError', message);
        this.worker.terminate();
        this.end(fault);
        reject(fault);
      }, WATCHDOG_MS);
    });
    try {
      return await Promise.race([pending, this.over, late]);
    } finally {
      this.pending -= 1;
      clearTimeout(timer);
    }
  }
}
