import { toError } from '../core/errors.ts';
import type { Bytes, Milliseconds } from '../core/units.ts';
import { captureLog } from './log.ts';
import {
  createSession,
  explain,
  type feedTensors,
  infer,
  modelBytes,
  type Session,
} from './ort.ts';
import type { OpenRequest, ProfiledLane, ProfileRuns } from './protocol.ts';

/** Two sessions of a larger model may not fit into memory side by side. */
const LARGE: Bytes = 64e6;

type Feeds = ReturnType<typeof feedTensors>;

/**
 * Profiles a model, and times it without the profiler too. On WASM the two take turns, so that
 * what drifts hits both. On WebGPU the profiler is switched on for the device that both share, so
 * the plain session goes first, and is gone, as it is for a large model.
 * @throws Fault as `createSession`; what the runtime says in a run, with the file's name
 */
export async function profileSession(
  ort: Parameters<typeof createSession>[0],
  request: OpenRequest,
  feeds: Feeds,
  { warm, measured }: ProfileRuns,
): Promise<ProfiledLane> {
  const { model, file, backend } = request;
  const open = async (telling: 'nothing' | 'profile') =>
    createSession(ort, await modelBytes(request), backend, file, telling);
  const timed = async (session: Session): Promise<Milliseconds> => {
    const started = performance.now();
    try {
      await infer(session, feeds);
    } catch (thrown) {
      throw explain(toError(thrown), file);
    }
    return performance.now() - started;
  };
  const takeTurns = backend.kind === 'wasm' && model.size <= LARGE;
  const plainMs: Milliseconds[] = [];
  const profiledMs: Milliseconds[] = [];

  const plain = await open('nothing');
  if (!takeTurns) {
    for (let i = 0; i < warm + measured; i++) plainMs.push(await timed(plain));
    await plain.release();
  }
  const profiled = await open('profile');
  for (let i = 0; i < warm + measured; i++) {
    if (takeTurns) plainMs.push(await timed(plain));
    profiledMs.push(await timed(profiled));
  }
  const { log } = await captureLog(() => profiled.endProfiling());
  return {
    text: log.join('\n'),
    runs: { warm, measured },
    profiledMs: profiledMs.slice(warm),
    plainMs: plainMs.slice(warm),
  };
}
