import { forEachPair, type LinearLayer } from '../prepare/linear.ts';
import { floatsOf } from '../static/weights.ts';
import type { Pair } from './pairs.ts';

/** Factors on the weights of a layer, by the channels that it makes and those that it reads. */
export class Factors {
  readonly layer: LinearLayer;
  readonly made: Float64Array;
  readonly read: Float64Array;
  /** How far the ranges of the channels made are apart without factors. */
  readonly before: number;
  /** Largest magnitude among the weights between a channel read and one made, by the first's place. */
  private readonly peaks: Float64Array;

  constructor(layer: LinearLayer) {
    this.layer = layer;
    this.made = new Float64Array(layer.outputs).fill(1);
    this.read = new Float64Array(layer.inputs).fill(1);
    const { rows, columns, inner } = layer.layout;
    const weights = floatsOf(layer.weight, 1);
    this.peaks = new Float64Array(rows * columns);
    for (let at = 0; at < this.peaks.length; at++) {
      let peak = 0;
      for (let i = at * inner; i < (at + 1) * inner; i++) {
        const x = Math.abs(weights[i] as number);
        if (x > peak) peak = x;
      }
      this.peaks[at] = peak;
    }
    this.before = disparity(this.ranges('made'));
  }

  /** Largest magnitude of the scaled weights by channel made, or read. */
  ranges(of: 'made' | 'read'): Float64Array {
    const ranges = new Float64Array(of === 'made' ? this.layer.outputs : this.layer.inputs);
    const { inner } = this.layer.layout;
    forEachPair(this.layer.layout, (o, i, start) => {
      const peak =
        (this.peaks[start / inner] as number) * (this.made[o] as number) * (this.read[i] as number);
      const channel = of === 'made' ? o : i;
      if (peak > (ranges[channel] as number)) ranges[channel] = peak;
    });
    return ranges;
  }
}

/** Until no factor moves by more than a hundredth: int8 has steps of that size. */
const STILL = 1e-2;
const MAX_ROUNDS = 40;
/** Factors past this would spend float32's range on channels that are as good as dead. */
const MAX_FACTOR = 2 ** 20;

/** Channels of the second layer that belong to one of the first. */
function joined(ranges: Float64Array, spread: number): Float64Array {
  const most = new Float64Array(ranges.length / spread);
  ranges.forEach((range, i) => {
    const channel = Math.floor(i / spread);
    most[channel] = Math.max(most[channel] as number, range);
  });
  return most;
}

/** One step for one pair; returns how far a factor moved, in natural logarithms. */
function balance(first: Factors, second: Factors, spread: number): number {
  const made = first.ranges('made');
  const read = joined(second.ranges('read'), spread);
  let moved = 0;
  for (let c = 0; c < made.length; c++) {
    const ratio = Math.sqrt((made[c] as number) / (read[c] as number));
    // A channel without weights on one side has nothing to balance.
    if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) continue;
    const before = first.made[c] as number;
    const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, before / ratio)) / before;
    first.made[c] = before * factor;
    for (let i = c * spread; i < (c + 1) * spread; i++) {
      second.read[i] = (second.read[i] as number) / factor;
    }
    moved = Math.max(moved, Math.abs(Math.log(factor)));
  }
  return moved;
}

/**
 * Cross-layer equalization (Nagel et al. 2019, 1906.04721, section 4.1): with s = sqrt(r1 / r2),
 * r the largest magnitude among a channel's weights on either side, the first layer's channel is
 * divided and the second's multiplied by s, so that both ranges become sqrt(r1 r2). Chains of
 * pairs are gone over until nothing moves.
 * @param tick called before each round; may throw to stop
 */
export function equalized(
  pairs: readonly Pair[],
  tick: (round: number) => void,
): ReadonlyMap<LinearLayer['node'], Factors> {
  const factors = new Map<LinearLayer['node'], Factors>();
  const of = (layer: LinearLayer): Factors => {
    const found = factors.get(layer.node) ?? new Factors(layer);
    factors.set(layer.node, found);
    return found;
  };
  let open: ReadonlySet<Pair> = new Set(pairs);
  for (let round = 0; round < MAX_ROUNDS && open.size > 0; round++) {
    tick(round);
    const disturbed = new Set<Pair>();
    for (const pair of pairs) {
      if (!open.has(pair)) continue;
      const { first, second, spread } = pair;
      if (balance(of(first), of(second), spread) < STILL) continue;
      // The pair itself is in balance now, until a neighbour moves.
      for (const each of pairs) {
        if (each.first.node === second.node || each.second.node === first.node) disturbed.add(each);
      }
    }
    open = disturbed;
  }
  return factors;
}

/** How many times the largest range of a channel is the smallest that is not zero. */
export function disparity(ranges: Float64Array): number {
  const some = ranges.filter((range) => range > 0);
  if (some.length === 0) return 1;
  let [low = 1, high = 1] = [some[0], some[0]];
  for (const range of some) {
    low = Math.min(low, range);
    high = Math.max(high, range);
  }
  return high / low;
}
