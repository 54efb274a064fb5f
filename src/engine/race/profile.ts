import type { Lane } from '../../core/race/lane.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { ProfiledLane, ProfileRuns } from '../protocol.ts';
import { type LaneFiles, withLane } from './client.ts';

/**
 * Runs a lane with the runtime's profiler on.
 * @param fetchFiles its model best with a name for every node: see `withNodeNames`
 * @param feeds of which the first is run
 * @throws Fault as `LaneRunner.open`; the signal's reason, at once
 */
export function profileLane(
  lane: Lane,
  fetchFiles: () => Promise<LaneFiles>,
  feeds: FeedSet,
  runs: ProfileRuns,
  signal: AbortSignal,
): Promise<ProfiledLane> {
  return withLane(lane, fetchFiles, signal, (client) => client.profile(feeds, runs));
}
