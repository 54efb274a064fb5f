/** The weights of one layer, while they are pruned. */
export interface Scored {
  /** A copy, which is written to. */
  readonly weights: Float32Array;
  /** How much each weight matters, as bits of non-negative float32, which order as their numbers do. */
  readonly scores: Uint32Array;
}

/** Weights that compete: from `start`, so many, one in `stride`. */
export interface Slice {
  readonly of: Scored;
  readonly start: number;
  readonly count: number;
  readonly stride: number;
}

/** Digits of a radix search, from the highest bits down: 11, 11 and 10 bits. */
const DIGITS = [
  { shift: 21, bits: 11 },
  { shift: 10, bits: 11 },
  { shift: 0, bits: 10 },
] as const;

/** The sign is no part of a magnitude. */
const MAGNITUDE = 0x7fff_ffff;

function each(slices: readonly Slice[], visit: (of: Scored, at: number, score: number) => void) {
  for (const { of, start, count, stride } of slices) {
    const end = start + count * stride;
    for (let at = start; at < end; at += stride) {
      visit(of, at, (of.scores[at] as number) & MAGNITUDE);
    }
  }
}

/** The score of rank `rank` (from 0), and how many scores are lower. */
function ranked(slices: readonly Slice[], rank: number): { score: number; below: number } {
  let prefix = 0;
  let below = 0;
  for (const { shift, bits } of DIGITS) {
    const histogram = new Uint32Array(1 << bits);
    const mask = (1 << bits) - 1;
    // Digits above the highest are none, and a shift by 32 would be one by 0.
    const above = shift + bits;
    const wanted = above < 32 ? prefix >>> above : 0;
    each(slices, (_, __, score) => {
      if (above < 32 && score >>> above !== wanted) return;
      const digit = (score >>> shift) & mask;
      histogram[digit] = (histogram[digit] as number) + 1;
    });
    let digit = 0;
    while (below + (histogram[digit] as number) <= rank) {
      below += histogram[digit] as number;
      digit += 1;
    }
    prefix |= digit << shift;
  }
  return { score: prefix, below };
}

/**
 * Makes the `remove` lowest scored of all slices together zero: exactly so many, zeros among
 * them. Of equal scores those go first that are zero already, then those that come first.
 */
export function removeLowest(slices: readonly Slice[], remove: number): void {
  if (remove <= 0) return;
  const { score: limit, below } = ranked(slices, remove - 1);
  let ties = remove - below;
  each(slices, ({ weights }, at, score) => {
    if (score < limit) weights[at] = 0;
    else if (score === limit && weights[at] === 0) ties -= 1;
  });
  each(slices, ({ weights }, at, score) => {
    if (score !== limit || ties <= 0 || weights[at] === 0) return;
    weights[at] = 0;
    ties -= 1;
  });
}

/** Keeps at most so many of a few neighbours; as `removeLowest`, without its cost for many. */
export function keepHighest({ of, start, count, stride }: Slice, keep: number): void {
  const { weights, scores } = of;
  for (let removed = 0; removed < count - keep; removed++) {
    let lowest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const at = start + i * stride;
      const score = (scores[at] as number) & MAGNITUDE;
      if (weights[at] !== 0 && score < least) [lowest, least] = [at, score];
    }
    const zeros = zerosIn(weights, start, count, stride);
    if (zeros >= count - keep || lowest < 0) return;
    weights[lowest] = 0;
  }
}

function zerosIn(weights: Float32Array, start: number, count: number, stride: number): number {
  let zeros = 0;
  for (let i = 0; i < count; i++) if (weights[start + i * stride] === 0) zeros += 1;
  return zeros;
}
