import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paretoFront, type Tradeoff } from './pareto.ts';

const beats = (a: Tradeoff, b: Tradeoff) =>
  a.cost <= b.cost && a.worth >= b.worth && (a.cost < b.cost || a.worth > b.worth);

it('keeps exactly what nothing beats, by rising cost', () => {
  const point = fc.record({
    cost: fc.integer({ min: 0, max: 9 }),
    worth: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), (points) => {
      const front = paretoFront(points);
      const unbeaten = points.filter((each) => !points.some((other) => beats(other, each)));
      expect(new Set(front)).toEqual(new Set(unbeaten));
      expect(front.map(({ cost }) => cost)).toEqual(
        front.map(({ cost }) => cost).sort((a, b) => a - b),
      );
    }),
  );
});
