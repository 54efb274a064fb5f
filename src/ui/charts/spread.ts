/**
 * Moves positions apart so that neighbours keep `gap`, each as near as it can to where it
 * belongs, all within `low` and `high`. Order is kept; returned in the order given.
 */
export function spreadApart(
  positions: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = positions.map((_, i) => i);
  order.sort((a, b) => (positions[a] as number) - (positions[b] as number));
  const placed = [...positions];
  let floor = low;
  for (const i of order) {
    placed[i] = Math.max(placed[i] as number, floor);
    floor = (placed[i] as number) + gap;
  }
  let ceiling = high;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i] as number, ceiling);
    ceiling = (placed[i] as number) - gap;
  }
  return placed;
}
