/** The samples that come with a model, as a compression uses them. */
import type { Model } from '../../core/models/model.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';

type SampleFeeds = (model: Model, signal: AbortSignal) => Promise<FeedSet>;

/** For the kinds whose samples are no labelled pack; the code comes with the first compression. */
const FEEDS: Partial<Record<Task['kind'], () => Promise<SampleFeeds>>> = {
  photos: async () => (await import('../../tasks/photos/state/inputs.ts')).photoSampleFeeds,
  files: async () => (await import('../../tasks/files/state/inputs.ts')).fileSampleFeeds,
};

/** How many samples a compression may look at; 0 for models whose samples it cannot use yet. */
export function sampleCount({ task, samples, photos }: Model): number {
  if (task.kind !== 'digit' && !FEEDS[task.kind]) return 0;
  return photos?.photos.length ?? samples?.count ?? 0;
}

/**
 * All samples of a model.
 * @throws Fault as downloads do; RangeError for a model without
 */
export async function sampleFeeds(model: Model, signal: AbortSignal): Promise<FeedSet> {
  const feeds = await FEEDS[model.task.kind]?.();
  if (!feeds) throw new RangeError(`${model.title} has no samples to compress with.`);
  return feeds(model, signal);
}
