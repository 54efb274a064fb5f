import { toError } from '../../core/errors.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { OpenRequest, ProfiledLane, ProfileRuns } from '../protocol.ts';
import { captureLog } from './log.ts';
import {
  createSession,
  explain,
  type feedTensors,
  infer,
  modelBytes,
  type Session,
} from './ort.ts';

/** Time for the warm runs, and for the measured ones, of each session. */
const SPENT: Milliseconds = 800;
/** However slow the model is. */
const MIN_RUNS = 3;

type Feeds = ReturnType<typeof feedTensors>;

/** Fewer runs of a slow model. */
function fitting({ warm, measured }: ProfileRuns, ms: Milliseconds): ProfileRuns {
  const most = Math.max(MIN_RUNS, Math.round(SPENT / ms));
  return { warm: Math.min(warm, most), measured: Math.min(measured, most) };
}

/**
 * Profiles a model, and times it without the profiler too: first without, then with. They do not
 * take turns, because two pools of threads on the same cores slow each other down right after a
 * switch, and a profile is of no use if its nodes are slow for that reason.
 * @param most so many runs of a fast model, fewer of a slow one
 * @throws Fault as `createSession`; what the runtime says in a run, with the file's name
 */
export async function profileSession(
  ort: Parameters<typeof createSession>[0],
  request: OpenRequest,
  feeds: Feeds,
  most: ProfileRuns,
): Promise<ProfiledLane> {
  const { file, backend } = request;
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
  const repeated = async (session: Session, { warm, measured }: ProfileRuns) => {
    const times: Milliseconds[] = [];
    for (let i = 0; i < warm + measured; i++) times.push(await timed(session));
    return times.slice(warm);
  };
  const plain = await open('nothing');
  // The very first run compiles; the second tells how long a run takes.
  await timed(plain);
  const runs = fitting(most, await timed(plain));
  const plainMs = await repeated(plain, runs);
  await plain.release();
  const profiled = await open('profile');
  const profiledMs = await repeated(profiled, runs);
  const { log } = await captureLog(() => profiled.endProfiling());
  return { text: log.join('\n'), runs, profiledMs, plainMs };
}
