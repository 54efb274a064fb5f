import { Fault } from '../../core/errors.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';

/**
 * What a model with a memory remembers between the feeds of one set: outputs of one inference that
 * are inputs of the next.
 */
export class RecurrentStates<Tensor> {
  /** The feed that the remembered tensors are for. */
  private next = 0;
  private remembered: Readonly<Record<string, Tensor>> = {};

  /**
   * The inputs of a feed that it takes from the one before; none where memory begins anew.
   * @throws Fault BackendError for a feed in the middle, asked for without the one before it
   */
  before(
    { recurrent = [], starts = [] }: FeedSet,
    index: number,
  ): Readonly<Record<string, Tensor>> {
    if (recurrent.length === 0 || index === 0 || starts.includes(index)) return {};
    if (this.next === index) return this.remembered;
    throw new Fault('BackendError', `Feed ${index} needs what feed ${index - 1} leaves.`);
  }

  /** Remembers what a feed left; `results` holds every output that is recurrent state. */
  after(
    { recurrent = [] }: FeedSet,
    index: number,
    results: Readonly<Record<string, Tensor>>,
  ): void {
    this.next = index + 1;
    this.remembered = Object.fromEntries(
      recurrent.map(({ output, input }) => [input, results[output] as Tensor]),
    );
  }
}
