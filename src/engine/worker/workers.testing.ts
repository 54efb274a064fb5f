/**
 * Workers for tests in Node: each speaks the protocol of the real one, and does what its script
 * says on a clock that only it moves. All above the workers is the page's own code.
 */
import { type Endpoint, expose } from 'comlink';
import { vi } from 'vitest';
import { MEMORY, opened } from '../../core/race/testing.ts';
import type { LaneMemory, LaneOpened, Slot, Turn, TurnRequest } from '../../core/session/runner.ts';
import { type ServeRequest, serveRequests } from '../../core/session/serve.ts';
import type { FeedSet, OutputTensor } from '../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../core/units.ts';
import { modelReader } from '../inspect/reader.ts';
import type { LaneApi } from '../protocol.ts';

/** Time passes: timers that are due go off, in order. */
export const pass = (ms: Milliseconds): void => void vi.advanceTimersByTime(ms);

/** What a lane's worker does; by default one inference takes 5 ms and names class 0 of 10. */
export interface LaneScript {
  /** Time of one inference, given how many turns the lane had before. */
  readonly ms?: Milliseconds | ((turn: number) => Milliseconds);
  readonly opened?: Partial<LaneOpened>;
  readonly memory?: LaneMemory;
  /** Scores for a feed of a slot, as the model's only output; a row for each input of a batch. */
  readonly answer?: (slot: Slot, feed: number, feeds: FeedSet) => readonly number[];
  /** All outputs for a feed, of a model that has other ones than scores. */
  readonly outputs?: (slot: Slot, feed: number, feeds: FeedSet) => OutputTensor[];
  /** Called as the worker begins with a call; what it throws is what the call rejects with. */
  readonly before?: (call: LaneCall, worker: FakeWorker) => void | Promise<void>;
}

export interface LaneCall {
  readonly kind: 'open' | 'load' | 'turn' | 'serve' | 'place' | 'profile';
  /** How many turns the lane had before. */
  readonly turns: number;
}

/** How a worker that speaks no protocol answers a message. */
// biome-ignore lint/suspicious/noExplicitAny: each such worker has messages of its own
export type Answering = (message: any) => unknown;

/** A worker as the page holds it. */
export class FakeWorker extends EventTarget {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly name: string;
  /** Its file's name: "lane.worker.ts". */
  readonly file: string;
  private readonly inside = new EventTarget();
  private readonly over = new AbortController();

  constructor(
    url: URL,
    name: string,
    /** What a worker of this file exposes, or how it answers plain messages. */
    apiOf: (worker: FakeWorker) => object | Answering,
  ) {
    super();
    this.name = name;
    this.addEventListener('message', (event) => this.onmessage?.(event as MessageEvent));
    this.file = url.pathname.split('/').at(-1) ?? '';
    const endpoint: Endpoint = {
      postMessage: (message, transfer) => this.deliver(this, message, transfer),
      addEventListener: (type, listener) => this.inside.addEventListener(type, listener),
      removeEventListener: (type, listener) => this.inside.removeEventListener(type, listener),
    };
    const api = apiOf(this);
    if (typeof api !== 'function') expose(api, endpoint);
    else {
      this.inside.addEventListener('message', async (event) => {
        this.deliver(this, await (api as Answering)((event as MessageEvent).data));
      });
    }
  }

  get running(): boolean {
    return !this.over.signal.aborted;
  }

  postMessage(message: unknown, transfer: readonly Transferable[] = []): void {
    this.deliver(this.inside, message, transfer);
  }

  /** Of the page: ends it at once. */
  terminate(): void {
    this.over.abort();
  }

  /** It is gone, as when the browser takes its memory: no event tells, but its locks are free. */
  crash(): void {
    this.over.abort();
  }

  /** In the worker: as `holdLock`, until it is gone. */
  holdLock = (name: string): Promise<boolean> =>
    new Promise((resolve) => {
      void navigator.locks.request(name, () => {
        resolve(true);
        return new Promise<void>((free) =>
          this.over.signal.addEventListener('abort', () => free()),
        );
      });
    });

  private deliver(to: EventTarget, message: unknown, transfer: readonly Transferable[] = []) {
    if (!this.running) return;
    const data = structuredClone(message, { transfer: [...transfer] });
    queueMicrotask(() => {
      if (this.running) to.dispatchEvent(new MessageEvent('message', { data }));
    });
  }
}

/** What a lane's worker offers, by script. */
export function scriptedLane(script: LaneScript, worker: FakeWorker): LaneApi {
  const slots = new Map<Slot, FeedSet>();
  let turns = 0;
  const { ms = 5, memory = MEMORY, before } = script;
  const rowsIn = ({ inputs }: FeedSet) => inputs[0]?.dims[0] ?? 1;
  const first = [1, ...new Array<number>(9).fill(0)];
  const { answer = (_, __, feeds) => Array.from({ length: rowsIn(feeds) }, () => first).flat() } =
    script;
  const pace = () => (typeof ms === 'number' ? ms : ms(turns));
  const asked = async (kind: LaneCall['kind']) => before?.({ kind, turns }, worker);
  const outputs = (slot: Slot, feed: number): OutputTensor[] => {
    const feeds = slots.get(slot) as FeedSet;
    if (script.outputs) return script.outputs(slot, feed, feeds);
    const scores = answer(slot, feed, feeds);
    const rows = rowsIn(feeds);
    const dims = [rows, scores.length / rows];
    return [{ name: 'logits', dims, data: Float32Array.from(scores) }];
  };
  return {
    holdLock: worker.holdLock,
    place: async () => {
      await asked('place');
      return [{ provider: 'JsExecutionProvider', nodes: 9, operators: ['Conv'] }];
    },
    open: async () => {
      await asked('open');
      pass(20);
      const { placement: _, fetched: __, ...rest } = opened(script.opened);
      return rest;
    },
    load: async (slot, feeds) => {
      await asked('load');
      slots.set(slot, feeds);
    },
    profile: async () => {
      await asked('profile');
      throw new RangeError('No profile is scripted.');
    },
    turn: async ({ slot, from, count, repeat, batch, keep }: TurnRequest): Promise<Turn> => {
      await asked('turn');
      const each = pace();
      turns += 1;
      pass(count * repeat * batch * each);
      const feeds = Array.from({ length: keep ? count : 0 }, (_, i) => from + i);
      return {
        ms: new Float64Array(count * repeat).fill(each),
        outputs: feeds.map((feed) => outputs(slot, feed)),
        memory,
      };
    },
    serve: async (request: ServeRequest) => {
      await asked('serve');
      return serveRequests(request, {
        clock: () => performance.now(),
        until: (moment) => pass(moment - performance.now()),
        run: async () => pass(pace()),
      });
    },
  };
}

/** What workers of other files expose, by the file's name. */
export type WorkerScripts = Readonly<Record<string, (worker: FakeWorker) => object | Answering>>;

/** All workers that a page started, in order. */
export class FakeWorkers {
  readonly started: FakeWorker[] = [];
  /** Scripts of lanes, by the lane's id; others do as by default. */
  lanes: Readonly<Record<string, LaneScript>> = {};
  others: WorkerScripts = {};

  /** What stands for the browser's `Worker`. */
  readonly Worker: new (url: URL, options?: WorkerOptions) => FakeWorker = (() => {
    const workers = this;
    return class extends FakeWorker {
      constructor(url: URL, { name = '' }: WorkerOptions = {}) {
        super(url, name, (worker) => workers.apiOf(worker));
        workers.started.push(this);
      }
    };
  })();

  named(name: string): FakeWorker | undefined {
    return this.started.findLast((worker) => worker.name === name);
  }

  /** Names of those that still run. */
  get running(): string[] {
    return this.started.filter(({ running }) => running).map(({ name }) => name);
  }

  private apiOf(worker: FakeWorker): object | Answering {
    const { file, name } = worker;
    // Reading models needs no browser.
    if (file === 'inspect.worker.ts') return modelReader;
    if (file === 'lane.worker.ts') return scriptedLane(this.lanes[name] ?? {}, worker);
    const api = this.others[file]?.(worker);
    if (!api) throw new RangeError(`No script for a worker of ${file}.`);
    return api;
  }
}
