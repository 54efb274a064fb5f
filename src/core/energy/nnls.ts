/**
 * Non-negative least squares: the x >= 0 that brings A x nearest to b (Lawson and Hanson, Solving
 * Least Squares Problems, 1974, chapter 23, algorithm NNLS). For a handful of columns.
 *
 * @param columns of A; all as long as `b`
 * @returns one number per column. Of columns that depend on each other, only some get more than 0.
 */
export function nnls(columns: readonly (readonly number[])[], b: readonly number[]): number[] {
  // Columns differ by 10^10 (a constant beside MACs per second), so each is brought to length 1.
  const lengths = columns.map((column) => Math.hypot(...column));
  const unit = columns.map((column, j) => column.map((value) => value / (lengths[j] || 1)));
  const scaled = solve(unit, b);
  return scaled.map((value, j) => (lengths[j] ? value / lengths[j] : 0));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

function residual(
  columns: readonly (readonly number[])[],
  x: readonly number[],
  b: readonly number[],
): number[] {
  return b.map((value, i) =>
    columns.reduce((rest, column, j) => rest - (column[i] as number) * (x[j] as number), value),
  );
}

function solve(columns: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = columns.map(() => 0);
  const free = new Set<number>();
  const tolerance = 1e-10 * Math.hypot(...b);
  // Columns that were let in and gave nothing since the last step forward.
  const refused = new Set<number>();
  for (let step = 0; step < 3 * columns.length + 3; step++) {
    const rest = residual(columns, x, b);
    const gains = columns.map((column) => dot(column, rest));
    const next = gains.reduce(
      (best, gain, j) =>
        !free.has(j) && !refused.has(j) && gain > Math.max(tolerance, gains[best] ?? tolerance)
          ? j
          : best,
      -1,
    );
    if (next < 0) break;
    free.add(next);
    let s = leastSquares(columns, b, free);
    if (!s || (s.get(next) as number) <= 0) {
      // Numerically it depends on those that are in already.
      free.delete(next);
      refused.add(next);
      continue;
    }
    while (s && [...s.values()].some((value) => value <= 0)) {
      const back = Math.min(
        ...[...s].flatMap(([j, value]) => {
          const now = x[j] as number;
          return value <= 0 ? [now / (now - value)] : [];
        }),
      );
      for (const [j, value] of s) x[j] = (x[j] as number) + back * (value - (x[j] as number));
      for (const j of [...free]) {
        if ((x[j] as number) > 1e-14) continue;
        x[j] = 0;
        free.delete(j);
      }
      s = leastSquares(columns, b, free);
    }
    for (const [j, value] of s ?? []) x[j] = value;
    refused.clear();
  }
  return x;
}

/** Of a column's length 1, what must be left beside the others for it to count as its own. */
const INDEPENDENT = 1e-7;

/**
 * Plain least squares on some columns of length 1, by modified Gram-Schmidt, which loses far fewer
 * digits than the normal equations; null if the columns depend on each other.
 */
function leastSquares(
  columns: readonly (readonly number[])[],
  b: readonly number[],
  free: ReadonlySet<number>,
): Map<number, number> | null {
  const picked = [...free];
  const q: number[][] = [];
  const r: number[][] = [];
  for (const j of picked) {
    let column = [...(columns[j] as readonly number[])];
    const own: number[] = [];
    for (const other of q) {
      const share = dot(other, column);
      own.push(share);
      column = column.map((value, i) => value - share * (other[i] as number));
    }
    const length = Math.hypot(...column);
    if (length < INDEPENDENT) return null;
    own.push(length);
    r.push(own);
    q.push(column.map((value) => value / length));
  }
  const x = new Map<number, number>();
  let rest = [...b];
  const target = q.map((column) => {
    const share = dot(column, rest);
    rest = rest.map((value, i) => value - share * (column[i] as number));
    return share;
  });
  for (let k = picked.length - 1; k >= 0; k--) {
    let value = target[k] as number;
    for (let later = k + 1; later < picked.length; later++) {
      value -= (r[later]?.[k] as number) * (x.get(picked[later] as number) as number);
    }
    x.set(picked[k] as number, value / (r[k]?.[k] as number));
  }
  return x;
}
