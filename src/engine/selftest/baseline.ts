import { Fault } from '../../core/errors.ts';
import type { LaneOpened, LaneRunner, Turn, TurnRequest } from '../../core/session/runner.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { LaneFiles } from '../race/client.ts';

/** What the baseline loop is asked; each request is answered before the next. */
export type BaselineRequest =
  | {
      readonly kind: 'open';
      readonly runtime: Blob;
      readonly model: Blob;
      readonly threads: number;
    }
  | { readonly kind: 'load'; readonly feeds: FeedSet }
  | ({ readonly kind: 'turn' } & Pick<TurnRequest, 'repeat' | 'batch' | 'keep'>);

type Answer = { readonly answer: unknown } | { readonly error: Pick<Error, 'name' | 'message'> };

/** The loop tells nothing of its memory. */
const NO_MEMORY = { heap: 0, gpu: null, gpuPeak: null } as const;

/**
 * The baseline loop in the place of a lane, on WASM, so that both race each other. It runs the first
 * feed only.
 */
export class BaselineRunner implements LaneRunner {
  private readonly files: () => Promise<LaneFiles>;
  private readonly threads: number;
  private worker: Worker | null = null;
  private fail: (error: Error) => void = () => {};
  private ended = false;

  constructor(files: () => Promise<LaneFiles>, threads: number) {
    this.files = files;
    this.threads = threads;
  }

  async open(): Promise<LaneOpened> {
    const { runtime, model } = await this.files();
    if (this.ended) throw new Fault('LaneDiedError', 'The baseline loop was stopped.');
    this.worker = new Worker(new URL('./baseline.worker.ts', import.meta.url), { type: 'module' });
    const { threads } = this;
    const opened = await this.ask<
      Pick<LaneOpened, 'runtimeMs' | 'sessionMs' | 'inputs' | 'outputs'>
    >({ kind: 'open', runtime, model, threads });
    return {
      ...opened,
      fetched: [],
      placement: [],
      runtimeMemory: NO_MEMORY,
      memory: NO_MEMORY,
    };
  }

  async load(_slot: unknown, feeds: FeedSet): Promise<void> {
    await this.ask({ kind: 'load', feeds });
  }

  async turn({ repeat, batch, keep }: TurnRequest): Promise<Turn> {
    const turn = await this.ask<Pick<Turn, 'ms' | 'outputs'>>({
      ...{ kind: 'turn', repeat, batch, keep },
    });
    return { ...turn, memory: NO_MEMORY };
  }

  terminate(): void {
    this.ended = true;
    this.worker?.terminate();
    this.fail(new Fault('LaneDiedError', 'The baseline loop was stopped.'));
  }

  private ask<T>(request: BaselineRequest): Promise<T> {
    const { worker } = this;
    if (!worker || this.ended)
      throw new Fault('LaneDiedError', 'The baseline loop is not running.');
    return new Promise((resolve, reject) => {
      this.fail = reject;
      worker.onerror = ({ message }) =>
        reject(new Fault('LaneDiedError', message || 'The baseline loop could not start.'));
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if ('error' in data) reject(Object.assign(new Error(), data.error));
        else resolve(data.answer as T);
      };
      worker.postMessage(request);
    });
  }
}
