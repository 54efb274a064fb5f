import type { Remote } from 'comlink';
import { Fault } from '../../core/errors.ts';
import type { ValueType } from '../../core/inspect/shapes/types.ts';
import type { ModelSummary } from '../../core/models/summary.ts';
import type { InspectApi, Inspected, ModelFiles } from '../protocol.ts';
import { WorkerClient } from '../worker/workerClient.ts';

/** Ends a worker that takes longer: what is read so long is no model that runs in a browser. */
const WATCHDOG_MS = 20_000;

const died = (message: string) =>
  new Fault('OutOfMemoryError', message || 'The worker that reads models ended.');

/** The page's end of a worker that reads models, one at a time. `close` ends it, in mid-work if need be. */
export class InspectClient {
  private readonly client = new WorkerClient<InspectApi>(
    new Worker(new URL('./inspect.worker.ts', import.meta.url), {
      type: 'module',
      name: 'inspect',
    }),
    died,
  );

  /** @throws Fault as `InspectApi.summarise`, or OutOfMemoryError */
  summarise(files: ModelFiles): Promise<ModelSummary> {
    return this.call((api) => api.summarise(files), files.file);
  }

  /** @throws Fault as `readModel` and `inspect` do, or OutOfMemoryError */
  open(files: ModelFiles, sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call((api) => api.open(files, sizes), files.file);
  }

  /** The opened model again, with other sizes for its dynamic dimensions. */
  resize(sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call((api) => api.resize(sizes), 'The model');
  }

  /** The opened model as a file in which every node has a name. */
  named(): Promise<Blob> {
    return this.call((api) => api.named(), 'The model');
  }

  /** The opened model as a file that gives out these tensors too. */
  withOutputs(names: readonly string[]): Promise<Blob> {
    return this.call((api) => api.withOutputs(names), 'The model');
  }

  /** The opened model again, with what a run at these sizes gave out. */
  learn(
    sizes: Readonly<Record<string, number>>,
    observed: ReadonlyMap<string, ValueType>,
  ): Promise<Inspected> {
    return this.call((api) => api.learn(sizes, observed), 'The model');
  }

  close(): void {
    this.client.end(new DOMException('The model was closed.', 'AbortError'));
  }

  /** It was closed, died or was given up. */
  get ended(): boolean {
    return this.client.ended;
  }

  /** Whether it is at work; a new model need not wait for that. */
  get busy(): boolean {
    return this.client.busy;
  }

  private async call<T>(ask: (api: Remote<InspectApi>) => Promise<T>, what: string): Promise<T> {
    const timer = setTimeout(() => {
      const message = `${what} could not be read within ${WATCHDOG_MS / 1000} s.`;
      this.client.end(new Fault('ModelRejectedError', message));
    }, WATCHDOG_MS);
    try {
      return await this.client.call(ask);
    } finally {
      clearTimeout(timer);
    }
  }
}
