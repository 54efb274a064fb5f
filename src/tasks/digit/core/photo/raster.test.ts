import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closed, dilated, type Raster } from './raster.ts';

const RASTER = fc
  .integer({ min: 1, max: 9 })
  .chain((side) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: side * side, maxLength: side * side })
      .map((values): Raster => ({ side, values: Float32Array.from(values) })),
  );
const RADIUS = fc.integer({ min: 0, max: 12 });

/** By its definition. */
function largestAround({ side, values }: Raster, radius: number): Float32Array {
  const near = (a: number, b: number) => Math.abs(a - b) <= radius;
  return values.map((_, at) =>
    Math.max(
      ...values.filter(
        (_value, i) =>
          near(i % side, at % side) && near(Math.floor(i / side), Math.floor(at / side)),
      ),
    ),
  );
}

describe('what is around each value', () => {
  it('is the largest of its square, at edges of what there is', () => {
    fc.assert(
      fc.property(RASTER, RADIUS, (raster, radius) => {
        expect(dilated(raster, radius).values).toEqual(largestAround(raster, radius));
      }),
    );
  });

  it('takes nothing away and changes nothing more when closed again', () => {
    fc.assert(
      fc.property(RASTER, RADIUS, (raster, radius) => {
        const once = closed(raster, radius);
        expect(once.values.every((value, at) => value >= (raster.values[at] as number))).toBe(true);
        expect(closed(once, radius)).toEqual(once);
      }),
    );
  });
});
