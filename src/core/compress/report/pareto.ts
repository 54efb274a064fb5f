/** A point that wants to lie low (less time, fewer bytes) and high (more agreement). */
export interface Tradeoff {
  /** Less is better. */
  readonly cost: number;
  /** More is better. */
  readonly worth: number;
}

/**
 * The points that no other beats: none is at least as good in both and better in one. By rising cost.
 */
export function paretoFront<T extends Tradeoff>(points: readonly T[]): T[] {
  const byCost = [...points].sort((a, b) => a.cost - b.cost || b.worth - a.worth);
  const front: T[] = [];
  for (const point of byCost) {
    const best = front.at(-1);
    const equal = best && best.cost === point.cost && best.worth === point.worth;
    if (!best || point.worth > best.worth || equal) front.push(point);
  }
  return front;
}
