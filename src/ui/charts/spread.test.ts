import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadApart } from './spread.ts';

const positions = fc.array(fc.integer({ min: -50, max: 1050 }), { maxLength: 12 });
const gap = fc.integer({ min: 0, max: 60 });
const [LOW, HIGH] = [0, 1000];
/** Indices from the lowest position to the highest; equals stay in the order given. */
const orderOf = (values: readonly number[]) =>
  values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));

describe('spreadApart', () => {
  it('leaves what is far enough apart where it is', () => {
    expect(spreadApart([70, 10, 40], 30, 0, 100)).toEqual([70, 10, 40]);
    expect(spreadApart([], 30, 0, 100)).toEqual([]);
  });

  it('keeps gap, order and bounds while there is room', () => {
    fc.assert(
      fc.property(positions, gap, (values, least) => {
        fc.pre((values.length - 1) * least <= HIGH - LOW);
        const placed = spreadApart(values, least, LOW, HIGH);
        const ordered = orderOf(values).map((i) => placed[i] as number);
        for (const [i, position] of ordered.entries()) {
          expect(position).toBeGreaterThanOrEqual(LOW);
          expect(position).toBeLessThanOrEqual(HIGH);
          if (i > 0) expect(position - (ordered[i - 1] as number)).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  it('changes nothing when asked again', () => {
    fc.assert(
      fc.property(positions, gap, (values, least) => {
        fc.pre((values.length - 1) * least <= HIGH - LOW);
        const placed = spreadApart(values, least, LOW, HIGH);
        expect(spreadApart(placed, least, LOW, HIGH)).toEqual(placed);
      }),
    );
  });

  it('without enough room keeps gap and order, and lets go of the lower bound', () => {
    expect(spreadApart([5, 5, 5], 10, 0, 12)).toEqual([-8, 2, 12]);
  });
});
