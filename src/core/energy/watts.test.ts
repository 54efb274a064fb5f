import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBusyWatts, readIdleWatts, readNumber, readPositive } from './watts.ts';

describe('watts as people type them', () => {
  it.each([
    ['12', 12],
    ['12.5', 12.5],
    ['12,5', 12.5],
    [' 0.8 ', 0.8],
    [',5', 0.5],
    ['1500', 1500],
  ])('%j is %d W', (text, value) => {
    expect(readIdleWatts(text)).toEqual({ state: 'good', value });
  });

  it.each([
    ['0', /^0 W is impossible: a device that is on draws more than 0 W/],
    ['-5', /^-5 W is impossible/],
    ['99999', /cannot be 99999 W; up to 1,500 W is possible/],
    ['twelve', /“twelve” is not a number/],
    ['12 W', /“12 W” is not a number/],
    ['1.2.3', /not a number/],
    ['1e3', /not a number/],
    ['NaN', /not a number/],
    ['Infinity', /not a number/],
  ])('%j is refused with a sentence that says why', (text, why) => {
    expect(readIdleWatts(text)).toEqual({ state: 'wrong', why: expect.stringMatching(why) });
    expect(readBusyWatts(text, 5).state).toBe('wrong');
  });

  it('nothing typed yet is not wrong', () => {
    expect(readIdleWatts('  ')).toEqual({ state: 'empty' });
    expect(readBusyWatts('', 5)).toEqual({ state: 'empty' });
  });

  it('busy ones must be above idle ones', () => {
    expect(readBusyWatts('9', 8.5)).toEqual({ state: 'good', value: 9 });
    for (const text of ['8.5', '3']) {
      expect(readBusyWatts(text, 8.5)).toEqual({
        state: 'wrong',
        why: expect.stringMatching(/is not above the 8.50 W of the idle device/),
      });
    }
  });

  it('never let anything but a number of the possible range through', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
        const typed = readIdleWatts(text);
        if (typed.state !== 'good') return;
        expect(typed.value).toBeGreaterThan(0);
        expect(typed.value).toBeLessThanOrEqual(1500);
      }),
    );
  });
});

it('a number is read with a point or a comma', () => {
  expect(readNumber('-1,5')).toBe(-1.5);
  expect(readNumber('')).toBeNaN();
});

it('a price is refused with its own words', () => {
  expect(readPositive('0', 'A price', 100, 'per kWh')).toEqual({
    state: 'wrong',
    why: 'A price cannot be 0 per kWh; it must be more than 0.',
  });
});
