import { Fault } from '../../core/errors.ts';
import { type RandomRequest, randomFeedBytes, randomFeeds } from '../../core/race/inputs.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Bytes } from '../../core/units.ts';
import type { NoiseApi } from '../protocol.ts';
import { WorkerClient } from '../worker/workerClient.ts';

/** As much as this is made before a worker has started. */
const LITTLE: Bytes = 2 ** 18;

const died = (message: string) =>
  new Fault('OutOfMemoryError', message || 'The worker that makes inputs up ended.');

/**
 * Feeds of seeded random numbers, made in a worker where they are many: at the limit it takes
 * seconds. They are the same as `randomFeeds` makes.
 * @throws Fault as `randomFeeds`, OutOfMemoryError
 */
export async function noiseFeeds(
  specs: RandomRequest['specs'],
  typed: RandomRequest['typed'],
  seed: number,
  count = 1,
): Promise<FeedSet> {
  const request = { specs, typed, seed, count };
  if (randomFeedBytes(request) <= LITTLE) return randomFeeds(specs, typed, seed, count);
  const worker = new Worker(new URL('./noise.worker.ts', import.meta.url), {
    type: 'module',
    name: 'noise',
  });
  const client = new WorkerClient<NoiseApi>(worker, died);
  try {
    return await client.call((api) => api.make(request));
  } finally {
    client.stop();
  }
}
