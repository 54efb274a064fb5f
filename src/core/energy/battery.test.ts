import { describe, expect, it } from 'vitest';
import { type BatteryReading, slopeOf } from './battery.ts';

const readings = (...pairs: readonly (readonly [seconds: number, percent: number])[]) =>
  pairs.map(([seconds, percent]): BatteryReading => ({ at: seconds * 1000, level: percent / 100 }));

describe('the slope of a battery', () => {
  it('is its drop between the first and the last change', () => {
    // 2% of 50 Wh are 3,600 J, in 360 s.
    const slope = slopeOf(readings([0, 80], [100, 79], [280, 78], [460, 77]), 50);
    expect(slope?.watts).toBeCloseTo(10, 10);
    // Half a step: 1% of 50 Wh are 1,800 J, over 360 s 5 W.
    expect(slope?.step).toBeCloseTo(2.5, 10);
  });

  it('ignores readings without a change', () => {
    const slope = slopeOf(readings([0, 80], [50, 80], [100, 79], [200, 79], [280, 78]), 50);
    expect(slope?.watts).toBeCloseTo(10, 10);
  });

  it.each([
    ['nothing was read', readings()],
    ['it did not change', readings([0, 80], [600, 80])],
    ['it changed once', readings([0, 80], [300, 79])],
    ['it was charged', readings([0, 80], [100, 81], [200, 82])],
    ['it was charged in between', readings([0, 80], [100, 79], [200, 80], [300, 78])],
  ])('is not known where %s', (_, seen) => {
    expect(slopeOf(seen, 50)).toBeNull();
  });
});
