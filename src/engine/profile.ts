import type { Lane } from '../core/race/lane.ts';
import type { FeedSet } from '../core/race/tensors.ts';
import { LaneClient, type LaneFiles } from './client.ts';
import type { ProfiledLane, ProfileRuns } from './protocol.ts';

/**
 * Runs a lane with the runtime's profiler on.
 * @param fetchFiles its model best with a name for every node: see `withNodeNames`
 * @param feeds of which the first is run
 * @throws Fault as `LaneRunner.open`; the signal's reason, at once
 */
export async function profileLane(
  lane: Lane,
  fetchFiles: () => Promise<LaneFiles>,
  feeds: FeedSet,
  runs: ProfileRuns,
  signal: AbortSignal,
): Promise<ProfiledLane> {
  signal.throwIfAborted();
  const client = new LaneClient(lane, fetchFiles);
  const end = () => client.terminate();
  signal.addEventListener('abort', end);
  try {
    return await client.profile(feeds, runs);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
