import type { Remote } from 'comlink';
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
import { Pending } from '../worker/pending.ts';
import { WorkerClient } from '../worker/workerClient.ts';
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

const ENDED = 'Its worker ended: it crashed, ran out of memory or was killed by the browser.';

/** Seconds of silence that end a worker's start: the first one's, and that of the one after it. */
const PATIENCE = { first: 10, again: 30 } as const;

const died = (message: string) =>
  new Fault('LaneDiedError', message || 'Its worker could not start.');

/**
 * The page's end of one lane: starts its worker, and ends it for good. When the worker ends by
 * itself, every call pending or to come rejects with a LaneDiedError.
 */
export class LaneClient implements LaneRunner {
  private readonly lane: Lane;
  private readonly fetchFiles: () => Promise<LaneFiles>;
  private readonly pending = new Pending();
  private worker: WorkerClient<LaneApi> | null = null;

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
      placement = await this.begin(`${this.lane.id}-placement-probe`, (api) => api.place(request));
      this.stop();
    }
    const opened = await this.begin(this.lane.id, (api) => api.open(request));
    return { ...opened, placement, fetched };
  }

  async load(slot: Slot, feeds: FeedSet): Promise<void> {
    await this.call((api) => api.load(slot, feeds));
  }

  turn(request: TurnRequest): Promise<Turn> {
    return this.call((api) => api.turn(request));
  }

  serve(request: ServeRequest): Promise<ServedTimes> {
    return this.call((api) => api.serve(request));
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
    this.pending.fail(new Fault('LaneDiedError', 'The lane was stopped.'));
    this.stop();
  }

  private async request(): Promise<{ request: OpenRequest; fetched: readonly Fetched[] }> {
    const { backend, variant } = this.lane;
    const { fetched = [], ...files } = await this.pending.add(this.fetchFiles);
    return { fetched, request: { ...files, file: variant.source.file, backend } };
  }

  private stop(): void {
    this.worker?.stop();
    this.worker = null;
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
      throw new Fault('LaneDiedError', `${thrown.message} This was its second attempt to start.`);
    }
  }

  private async attempt<T>(
    name: string,
    ask: (api: Remote<LaneApi>) => Promise<T>,
    patience: number,
  ): Promise<T> {
    const silence = new Silence(patience);
    try {
      const client = this.start(name);
      client.worker.addEventListener('message', ({ data }: MessageEvent<Partial<StepMessage>>) => {
        if (data.step) silence.heard(data.step);
      });
      const asked = client
        .watchEnd(`lane-${this.lane.id}`, ENDED)
        .then(() => this.call((api) => ask(api)));
      return await Promise.race([asked, silence.broken]);
    } finally {
      silence.end();
    }
  }

  private start(name: string): WorkerClient<LaneApi> {
    const worker = new Worker(new URL('./lane.worker.ts', import.meta.url), {
      type: 'module',
      name,
    });
    this.worker = new WorkerClient<LaneApi>(worker, died, this.pending);
    return this.worker;
  }

  private async call<T>(ask: (api: Remote<LaneApi>) => Promise<T>): Promise<T> {
    const client = this.worker;
    if (!client) throw this.pending.ended ?? new Fault('LaneDiedError', 'The lane is not running.');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hung = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Fault('LaneDiedError', `It has not answered for ${WATCHDOG_MS / 1000} s.`));
      }, WATCHDOG_MS);
    });
    try {
      return await Promise.race([client.call(ask), hung]);
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
