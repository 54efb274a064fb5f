import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nnls } from './nnls.ts';

const close = (found: readonly number[], expected: readonly number[]) => {
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 8);
};

const product = (columns: readonly (readonly number[])[], x: readonly number[]) =>
  (columns[0] ?? []).map((_, i) =>
    columns.reduce((sum, column, j) => sum + (column[i] as number) * (x[j] as number), 0),
  );

const squares = (
  columns: readonly (readonly number[])[],
  x: readonly number[],
  b: readonly number[],
) => product(columns, x).reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);

describe('nnls', () => {
  it('is least squares where that is not negative anyway', () => {
    // A line through (0, 1), (1, 3), (2, 5): 1 + 2 t.
    close(
      nnls(
        [
          [1, 1, 1],
          [0, 1, 2],
        ],
        [1, 3, 5],
      ),
      [1, 2],
    ); // prettier-ignore
    // By hand, normal equations of (0, 1), (1, 2), (2, 4): intercept 5/6, slope 3/2.
    close(
      nnls(
        [
          [1, 1, 1],
          [0, 1, 2],
        ],
        [1, 2, 4],
      ),
      [5 / 6, 3 / 2],
    );
  });

  it('leaves out a column that would be negative, and refits the rest', () => {
    // The line 5 - 2 t falls: without its slope the mean is left.
    close(
      nnls(
        [
          [1, 1, 1],
          [0, 1, 2],
        ],
        [5, 3, 1],
      ),
      [3, 0],
    );
    // Lawson and Hanson's solution has all zero where every column points away.
    close(
      nnls(
        [
          [1, 1],
          [1, 0],
        ],
        [-1, -2],
      ),
      [0, 0],
    );
  });

  it('takes back a column that it let in first', () => {
    // Both columns free would need a negative first one; alone the second is 3 / (1 + 0.81 + 1).
    const columns = [
      [1, 1, 0.1],
      [1, 0.9, 1],
    ];
    close(nnls(columns, [1, 0, 2]), [0, 3 / 2.81]);
  });

  it('is not upset by columns that differ by ten orders of magnitude', () => {
    const macs = [3.1e9, 0.2e9, 7.7e9, 40e9, 1e9];
    const bytes = [1e9, 0.1e9, 0.3e9, 2e9, 17e9];
    const watts = macs.map((rate, i) => 2.5 + 80e-12 * rate + 120e-12 * (bytes[i] as number));
    const [base, mac, byte] = nnls([macs.map(() => 1), macs, bytes], watts);
    expect(base).toBeCloseTo(2.5, 8);
    expect(mac).toBeCloseTo(80e-12, 18);
    expect(byte).toBeCloseTo(120e-12, 18);
  });

  it('gives one of two equal columns all, and a column of zeros nothing', () => {
    const [a, b, zero] = nnls(
      [
        [1, 2],
        [1, 2],
        [0, 0],
      ],
      [2, 4],
    );
    expect((a as number) + (b as number)).toBeCloseTo(2, 10);
    expect(zero).toBe(0);
  });

  it('is never negative, and no step along any column is better (Karush-Kuhn-Tucker)', () => {
    const value = fc.integer({ min: -20, max: 20 });
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 }))
      .chain(([n, m]) =>
        fc.tuple(
          fc.array(fc.array(value, { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
          fc.array(value, { minLength: m, maxLength: m }),
        ),
      );
    fc.assert(
      fc.property(problem, ([columns, b]) => {
        const x = nnls(columns, b);
        const best = squares(columns, x, b);
        expect(x.every((each) => each >= 0 && Number.isFinite(each))).toBe(true);
        for (const j of columns.keys()) {
          for (const by of [1e-3, -1e-3]) {
            const near = x.map((each, i) => Math.max(0, i === j ? each + by : each));
            expect(squares(columns, near, b)).toBeGreaterThanOrEqual(best - 1e-9 * (1 + best));
          }
        }
      }),
    );
  });
});
