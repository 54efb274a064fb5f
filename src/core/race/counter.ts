import type { Slot } from '../session/runner.ts';
import type { Counts } from '../stats/counts.ts';
import type { OutputTensor } from '../tensors/tensors.ts';

/** Counts things in the answers of one race, for tasks whose answers hold several. */
export interface Counter {
  /** What is in an answer, in the form that the task's kind reads from reports. */
  find(outputs: readonly OutputTensor[]): object;
  /** What an answer shares with the reference's to the same feed. */
  compare(outputs: readonly OutputTensor[], reference: readonly OutputTensor[]): Counts;
  /** What of an answer is known to be in the feed; null where nobody knows. */
  check(outputs: readonly OutputTensor[], slot: Slot, feed: number): Counts | null;
}
