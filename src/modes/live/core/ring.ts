import { sorted } from '../../../core/stats/quantiles.ts';

/** The latest numbers of a stream without end, in a memory that never grows. */
export class Ring {
  readonly #values: Float64Array;
  #pushed = 0;

  /** @param size how many are kept; at least 1 */
  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  /** How many are here. */
  get length(): number {
    return Math.min(this.#pushed, this.#values.length);
  }

  push(value: number): void {
    this.#values[this.#pushed++ % this.#values.length] = value;
  }

  /** An ascending copy. */
  sorted(): Float64Array {
    return sorted(this.#values.subarray(0, this.length));
  }

  /** A copy, the oldest first. */
  latest(): Float64Array {
    const { length } = this;
    const first = this.#pushed - length;
    return Float64Array.from(
      { length },
      (_, i) => this.#values[(first + i) % this.#values.length] as number,
    );
  }
}
