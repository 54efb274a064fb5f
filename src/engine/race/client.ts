import { type Remote, releaseProxy, wrap } from 'comlink';
import { backendKind } from '../../core/backends/backends.ts';
import { Fault } from '../../core/errors.ts';
import type { Lane } from '../../core/race/lane.ts';
import type {
  Fetched,
  LaneOpened,
  LaneRunner,
  ProviderShare,
  Slot,
  Turn,
  TurnRequest,
} from '../../core/session/runner.ts';
import type { ServedTimes, ServeRequest } from '../../core/session/serve.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../core/units.ts';
import type {
  ExternalData,
  LaneApi,
  OpenRequest,
  ProfiledLane,
  ProfileRuns,
  RuntimeBuild,
  StepMessage,
} from '../protocol.ts';
import { lockName, watchLock } from '../worker/lock.ts';
import { Silence, Silent } from './silence.ts';

/**
 * A lane that has not answered for this long hangs. Far above any honest wait: opening a model
 * of some hundred MB or compiling all shaders of a big one takes tens of seconds.
 */
const WATCHDOG_MS: Milliseconds = 120_000;

export interface LaneFiles {
  readonly build: RuntimeBuild;
  readonly runtime: Blob;
  readonly model: Blob;
  /** Weights that lie beside the model. */
  readonly external?: readonly ExternalData[];
  /** How they were got; absent where nobody asks. */
  readonly fetched?: readonly Fetched[];
}

/** Seconds of silence that end a worker's start: the first one's, and that of the one after it. */
const PATIENCE = { first: 10, again: 30 } as const;

/** A worker that runs. */
interface Link {
  readonly worker: Worker;
  readonly api: Remote<LaneApi>;
  /** Aborted when it is ended from here. */
  readonly ended: AbortController;
}

/**
 * The page's end of one lane: starts its worker, and ends it for good. When the worker ends by
 * itself, every call pending or to come rejects with a LaneDiedError.
 */
export class LaneClient implements LaneRunner {
  private readonly lane: Lane;
  private readonly fetchFiles: () => Promise<LaneFiles>;
  /** Calls that wait for an answer: how to reject each. */
  private readonly pending = new Set<(error: Error) => void>();
  /** Why there will be no answers any more. */
  private ended: Error | null = null;
  private link: Link | null = null;

  /** @param fetchFiles called once, when the lane is opened */
  constructor(lane: Lane, fetchFiles: () => Promise<LaneFiles>) {
    this.lane = lane;
    this.fetchFiles = fetchFiles;
  }

  /** @param askPlacement false leaves the placement empty, and saves a worker's start */
  async open(askPlacement = true): Promise<LaneOpened> {
    const { fetched, request } = await this.request();
    // On WASM there is nothing to ask: the CPU runs every node.
    let placement: readonly ProviderShare[] = [];
    if (askPlacement && backendKind(request.backend).build === 'gpu') {
      placement = await this.begin(`${this.lane.id}-scout`, (api) => api.place(request));
      this.stop();
    }
    const opened = await this.begin(this.lane.id, (api) => api.open(request));
    return { ...opened, placement, fetched };
  }

  async load(slot: Slot, feeds: FeedSet): Promise<void> {
    await this.call(this.started().load(slot, feeds));
  }

  turn(request: TurnRequest): Promise<Turn> {
    return this.call(this.started().turn(request));
  }

  serve(request: ServeRequest): Promise<ServedTimes> {
    return this.call(this.started().serve(request));
  }

  /**
   * Profiles the lane instead of opening it, in a worker that is gone afterwards.
   * @throws Fault as `open`, ProfileError
   */
  async profile(feeds: FeedSet, runs: ProfileRuns): Promise<ProfiledLane> {
    const { request } = await this.request();
    const profiled = await this.begin(`${this.lane.id}-profile`, (api) =>
      api.profile(request, feeds, runs),
    );
    this.stop();
    return profiled;
  }

  /** Ends the worker at once, in mid-run if need be; its memory goes back with it. */
  terminate(): void {
    this.fail(new Fault('LaneDiedError', 'The lane was stopped.'));
    this.stop();
  }

  private async request(): Promise<{ request: OpenRequest; fetched: readonly Fetched[] }> {
    const { backend, variant } = this.lane;
    const { fetched = [], ...files } = await this.whileAlive(this.fetchFiles());
    return { fetched, request: { ...files, file: variant.source.file, backend } };
  }

  private stop(): void {
    this.link?.ended.abort();
    this.link?.worker.terminate();
    this.link?.api[releaseProxy]();
    this.link = null;
  }

  /**
   * Starts a worker and asks it. Where it falls silent before its runtime runs, another one is
   * started in its place, once: on a busy machine Firefox (153) now and then never returns from
   * `new Worker` inside a worker, which is how the runtime starts its threads.
   */
  private async begin<T>(name: string, ask: (api: Remote<LaneApi>) => Promise<T>): Promise<T> {
    try {
      return await this.attempt(name, ask, PATIENCE.first);
    } catch (thrown) {
      this.stop();
      if (!(thrown instanceof Silent)) throw thrown;
    }
    try {
      return await this.attempt(name, ask, PATIENCE.again);
    } catch (thrown) {
      this.stop();
      if (!(thrown instanceof Silent)) throw thrown;
      throw new Fault(
        'LaneDiedError',
        `${thrown.message} It was the second one that did not start.`,
      );
    }
  }

  private async attempt<T>(
    name: string,
    ask: (api: Remote<LaneApi>) => Promise<T>,
    patience: number,
  ): Promise<T> {
    const silence = new Silence(patience);
    try {
      const link = this.start(name);
      link.worker.addEventListener('message', ({ data }: MessageEvent<Partial<StepMessage>>) => {
        if (data.step) silence.heard(data.step);
      });
      const asked = this.watchEnd(link).then(() => this.call(ask(link.api)));
      return await Promise.race([asked, silence.broken]);
    } finally {
      silence.end();
    }
  }

  private start(name: string): Link {
    const worker = new Worker(new URL('./lane.worker.ts', import.meta.url), {
      type: 'module',
      name,
    });
    worker.addEventListener('error', (event) => {
      this.fail(new Fault('LaneDiedError', event.message || 'Its worker could not start.'));
    });
    worker.addEventListener('messageerror', () => {
      this.fail(new Fault('LaneDiedError', 'A message from its worker could not be read.'));
    });
    this.link = { worker, api: wrap<LaneApi>(worker), ended: new AbortController() };
    return this.link;
  }

  private started(): Remote<LaneApi> {
    if (!this.link) throw new Fault('LaneDiedError', 'The lane is not running.');
    return this.link.api;
  }

  private async watchEnd({ api, ended: { signal } }: Link): Promise<void> {
    const name = lockName(`lane-${this.lane.id}`);
    if (!(await this.call(api.holdLock(name)))) return;
    const ended = new Fault(
      'LaneDiedError',
      'Its worker ended: crashed, out of memory, or killed by the browser.',
    );
    watchLock(name, signal, () => this.fail(ended));
  }

  /** Ends every call, pending or to come; the first reason stands. */
  private fail(error: Error): void {
    this.ended ??= error;
    for (const reject of this.pending) reject(this.ended);
  }

  /**
   * Not by racing against one promise of the lane's end: that would keep every answer until
   * then, and there are thousands of them.
   */
  private whileAlive<T>(task: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.ended) reject(this.ended);
      this.pending.add(reject);
      task.then(resolve, reject).finally(() => this.pending.delete(reject));
    });
  }

  private async call<T>(task: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hung = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Fault('LaneDiedError', `It has not answered for ${WATCHDOG_MS / 1000} s.`));
      }, WATCHDOG_MS);
    });
    try {
      return await Promise.race([this.whileAlive(task), hung]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Lanes for one task: their workers end with the task, or with the signal.
 * @throws what the task throws; the signal's reason, at once
 */
export async function withLanes<T>(
  lanes: readonly Lane[],
  filesOf: (lane: Lane, index: number) => Promise<LaneFiles>,
  signal: AbortSignal,
  task: (clients: readonly LaneClient[]) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const clients = lanes.map((lane, i) => new LaneClient(lane, () => filesOf(lane, i)));
  const end = () => {
    for (const client of clients) client.terminate();
  };
  signal.addEventListener('abort', end);
  try {
    return await task(clients);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** As `withLanes`, of one lane. */
export const withLane = <T>(
  lane: Lane,
  fetchFiles: () => Promise<LaneFiles>,
  signal: AbortSignal,
  task: (client: LaneClient) => Promise<T>,
): Promise<T> => withLanes([lane], fetchFiles, signal, ([client]) => task(client as LaneClient));
