/**
 * The row that a key goes to: null for keys that mean nothing to a list. Rows without a node are
 * passed over.
 * @param chosen the chosen row, or -1
 * @param inSight the first row in sight, where a list without a choice begins
 */
export function targetOf(
  key: string,
  nodes: readonly (number | null)[],
  chosen: number,
  inSight: number,
  page: number,
): number | null {
  const from = (start: number, step: 1 | -1): number | null => {
    const first = Math.min(nodes.length - 1, Math.max(0, start));
    for (let at = first; at >= 0 && at < nodes.length; at += step) {
      if (nodes[at] !== null) return at;
    }
    return chosen >= 0 ? chosen : null;
  };
  const here = chosen >= 0 ? chosen : inSight - 1;
  switch (key) {
    case 'ArrowDown':
      return from(here + 1, 1);
    case 'ArrowUp':
      return from(here - 1, -1);
    case 'PageDown':
      return from(here + page, -1);
    case 'PageUp':
      return from(here - page, 1);
    case 'Home':
      return from(0, 1);
    case 'End':
      return from(nodes.length - 1, -1);
    case 'Enter':
    case ' ':
      return from(chosen >= 0 ? chosen : inSight, 1);
    default:
      return null;
  }
}
