import { type Remote, releaseProxy, wrap } from 'comlink';
import { Fault } from '../core/errors.ts';
import type { InspectApi, Inspected, ModelFiles } from './protocol.ts';

/** Ends a worker that takes longer: what is read so long is no model that runs in a browser. */
const WATCHDOG_MS = 20_000;

/** The page's end of one opened model. Ends with `close`, in mid-work if need be. */
export class InspectClient {
  private readonly worker: Worker;
  private readonly api: Remote<InspectApi>;
  private readonly ended: Promise<never>;
  private end: (reason: Error) => void = () => {};

  constructor() {
    this.worker = new Worker(new URL('./inspect.worker.ts', import.meta.url), {
      type: 'module',
      name: 'inspect',
    });
    this.ended = new Promise((_, reject) => {
      this.end = reject;
    });
    // Every call races against it; with no call pending nobody else would handle it.
    this.ended.catch(() => {});
    this.worker.addEventListener('error', ({ message }) => {
      this.end(new Fault('OutOfMemoryError', message || 'The worker that reads models ended.'));
    });
    this.api = wrap<InspectApi>(this.worker);
  }

  /** @throws Fault as `readModel` and `inspect` do, or OutOfMemoryError */
  open(files: ModelFiles, sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call(this.api.open(files, sizes), files.file);
  }

  /** The opened model again, with other sizes for its dynamic dimensions. */
  resize(sizes: Readonly<Record<string, number>>): Promise<Inspected> {
    return this.call(this.api.resize(sizes), 'The model');
  }

  /** @throws Fault ExternalDataError when a file with weights is missing or too short */
  checkExternal(): Promise<void> {
    return this.call(this.api.checkExternal(), 'The model');
  }

  /** The opened model as a file in which every node has a name. */
  named(): Promise<Blob> {
    return this.call(this.api.named(), 'The model');
  }

  close(): void {
    this.end(new DOMException('The model was closed.', 'AbortError'));
    this.worker.terminate();
    this.api[releaseProxy]();
  }

  private async call<T>(pending: Promise<T>, what: string): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const message = `${what} could not be read within ${WATCHDOG_MS / 1000} s.`;
        reject(new Fault('ModelRejectedError', message));
        this.worker.terminate();
      }, WATCHDOG_MS);
    });
    try {
      return await Promise.race([pending, this.ended, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
