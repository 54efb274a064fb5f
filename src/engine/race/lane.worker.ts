/** A lane's worker: exposes the lane API and translates; see ort.ts for the runtime. */
import { expose, transfer } from 'comlink';
import { processorOf, threadsOf } from '../../core/backends/backends.ts';
import { Fault, toError } from '../../core/errors.ts';
import type { Slot, Turn, TurnRequest } from '../../core/session/runner.ts';
import { type ServedTimes, type ServeRequest, serveRequests } from '../../core/session/serve.ts';
import type { FeedSet, OutputTensor } from '../../core/tensors/tensors.ts';
import type { LaneApi, OpenRequest, ProfileRuns } from '../protocol.ts';
import { captureLog, watchLog } from '../runtime/log.ts';
import {
  createSession,
  explain,
  feedTensors,
  infer,
  loadRuntime,
  modelBytes,
  specsOf,
  startRuntime,
  type Tensor,
  toOutputs,
} from '../runtime/ort.ts';
import { readPlacement } from '../runtime/placement.ts';
import { profileSession } from '../runtime/profiler.ts';
import { holdLock } from '../worker/lock.ts';
import { readMemory, watchMemory } from './memory.ts';
import { Queue } from './queue.ts';
import { RecurrentStates } from './recurrentState.ts';
import { sleepUntil } from './sleep.ts';
import { tellStep, watchStart } from './steps.ts';

tellStep('script');
watchStart();
watchMemory();
watchLog();

const queue = new Queue();
interface Loaded {
  readonly set: FeedSet;
  readonly states: RecurrentStates<Tensor>;
}
const slots = new Map<Slot, Loaded>();

interface Opened {
  readonly ort: Awaited<ReturnType<typeof loadRuntime>>;
  readonly session: Awaited<ReturnType<typeof createSession>>;
  readonly onGpu: boolean;
  readonly file: string;
}
let opened: Opened | null = null;

function requireOpen(): Opened {
  if (!opened) throw new Fault('BackendError', 'The lane was used before it was opened.');
  return opened;
}

async function load({ build, runtime, backend }: OpenRequest) {
  const ort = await loadRuntime(build, await runtime.arrayBuffer(), threadsOf(backend));
  tellStep('runtime');
  // What the first session would do in its own time.
  await startRuntime(ort);
  tellStep('started');
  return ort;
}

async function place(request: OpenRequest) {
  const { backend, file } = request;
  const ort = await load(request);
  const bytes = await modelBytes(request);
  const { log } = await captureLog(() => createSession(ort, bytes, backend, file, 'placement'));
  return readPlacement(log);
}

async function profile(request: OpenRequest, feeds: FeedSet, runs: ProfileRuns) {
  const ort = await load(request);
  return profileSession(ort, request, feedTensors(ort, feeds.inputs, 0), runs);
}

async function open(request: OpenRequest) {
  const { file, backend } = request;
  const onGpu = processorOf(backend) === 'gpu';
  const started = performance.now();
  const ort = await load(request);
  const running = performance.now();
  const runtimeMemory = readMemory(onGpu);
  const bytes = await modelBytes(request);
  const loaded = performance.now();
  const session = await createSession(ort, bytes, backend, file, 'nothing');
  const created = performance.now();
  opened = { ort, session, onGpu, file };
  return {
    runtimeMs: running - started,
    runtimeMemory,
    sessionMs: created - loaded,
    ...specsOf(session),
    memory: readMemory(onGpu),
  };
}

function loadedIn(slot: Slot): Loaded {
  const loaded = slots.get(slot);
  if (!loaded) throw new Fault('BackendError', `No feeds are loaded for "${slot}".`);
  return loaded;
}

async function turn(request: TurnRequest): Promise<Turn> {
  const { slot, from, count, repeat, batch, keep } = request;
  const { ort, session, onGpu, file } = requireOpen();
  const { set, states } = loadedIn(slot);
  const ms = new Float64Array(count * repeat);
  const outputs: OutputTensor[][] = [];
  try {
    for (let i = 0; i < count; i++) {
      const index = from + i;
      const feeds = { ...feedTensors(ort, set.inputs, index), ...states.before(set, index) };
      let results = null;
      for (let k = 0; k < repeat; k++) {
        const started = performance.now();
        for (let b = 0; b < batch; b++) results = await infer(session, feeds);
        ms[i * repeat + k] = (performance.now() - started) / batch;
      }
      if (results) states.after(set, index, results);
      if (keep && results) outputs.push(toOutputs(session, results));
    }
  } catch (thrown) {
    throw explain(toError(thrown), file, 'RunError');
  }
  const result = { ms, outputs, memory: readMemory(onGpu) };
  const buffers = outputs.flat().map(({ data }) => data.buffer as ArrayBuffer);
  return transfer(result, [ms.buffer, ...buffers]);
}

async function serve(request: ServeRequest): Promise<ServedTimes> {
  const { ort, session, file } = requireOpen();
  const feeds = feedTensors(ort, loadedIn('race').set.inputs, 0);
  try {
    const times = await serveRequests(request, {
      clock: () => performance.now(),
      until: sleepUntil,
      run: () => infer(session, feeds),
    });
    const { arrived, started, ended } = times;
    return transfer(times, [arrived.buffer, started.buffer, ended.buffer] as ArrayBuffer[]);
  } catch (thrown) {
    throw explain(toError(thrown), file, 'RunError');
  }
}

const api: LaneApi = {
  holdLock,
  place: (request) => queue.add(() => place(request)),
  open: (request) => queue.add(() => open(request)),
  load: (slot, feeds) =>
    queue.add(async () => {
      slots.set(slot, { set: feeds, states: new RecurrentStates() });
    }),
  profile: (request, feeds, runs) => queue.add(() => profile(request, feeds, runs)),
  turn: (request) => queue.add(() => turn(request)),
  serve: (request) => queue.add(() => serve(request)),
};

expose(api);
