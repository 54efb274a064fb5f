import type { FeedSet } from '../tensors/tensors.ts';
import type { LaneRunner, Turn } from './runner.ts';

/**
 * Runs feeds that are new to a lane, each once, and takes the outputs along.
 * @throws as the lane's `load` and `turn`
 */
export async function ask(
  runner: Pick<LaneRunner, 'load' | 'turn'>,
  feeds: FeedSet,
): Promise<Turn> {
  await runner.load('race', feeds);
  return runner.turn({
    slot: 'race',
    from: 0,
    count: feeds.count,
    repeat: 1,
    batch: 1,
    keep: true,
  });
}
