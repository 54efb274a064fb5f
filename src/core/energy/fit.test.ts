import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalibrationRow } from './calibration.ts';
import { fitsOf, foretold, type PowerFit } from './fit.ts';
import { calibrationOf, row } from './testing.ts';

/** A load that ran without gaps for 10 s at these rates per second. */
const load = (
  threads: number,
  gigaMacs: number,
  gigaBytes: number,
  watts: number,
): CalibrationRow =>
  row({
    backend: { kind: 'wasm', threads },
    wallSeconds: 10,
    busySeconds: 10,
    inferences: 10,
    macs: gigaMacs * 1e9,
    bytes: gigaBytes * 1e9,
    wattsIdle: 5,
    wattsBusy: 5 + watts,
  });

const fitOf = (...rows: readonly CalibrationRow[]): PowerFit =>
  fitsOf(calibrationOf(...rows)).get('wasm') as PowerFit;

/** 2 W, 3 W for each thread, 100 pJ/MAC and 200 pJ/B. */
const law = (threads: number, gigaMacs: number, gigaBytes: number) =>
  load(threads, gigaMacs, gigaBytes, 2 + 3 * threads + 0.1 * gigaMacs + 0.2 * gigaBytes);

describe('a fit', () => {
  it('finds the terms that the loads were made of', () => {
    const rows = [
      law(4, 3, 1),
      law(1, 1, 0.5),
      law(4, 8, 0.5),
      law(4, 60, 2),
      law(4, 90, 1),
      law(4, 0.1, 15),
      law(1, 20, 0.4),
    ];
    const { terms, used, worst, within } = fitOf(...rows);
    expect(used).toEqual(['base', 'thread', 'mac', 'byte']);
    expect(terms.base).toBeCloseTo(2, 6);
    expect(terms.thread).toBeCloseTo(3, 6);
    expect(terms.mac * 1e12).toBeCloseTo(100, 4);
    expect(terms.byte * 1e12).toBeCloseTo(200, 4);
    expect(worst).toBeCloseTo(0, 6);
    // What fits to the last digit is still time times a constant power.
    expect(within).toBe(0.2);
  });

  it('is the mean power, on a guess, of one load', () => {
    const { terms, used, worst, within } = fitOf(load(4, 3, 1, 12));
    expect(used).toEqual(['base']);
    expect(terms.base).toBeCloseTo(12, 10);
    expect([worst, within]).toEqual([null, 0.5]);
  });

  it('leaves out terms that too few loads could tell apart', () => {
    expect(fitOf(law(4, 3, 1), law(4, 60, 2)).used).toHaveLength(1);
    expect(fitOf(law(4, 3, 1), law(1, 2, 1), law(4, 60, 2)).used.length).toBeLessThanOrEqual(2);
  });

  it('leaves out one of two terms that rise together', () => {
    const rows = [1, 10, 30, 60, 90].map((rate) => law(4, rate, rate / 10));
    const { used, worst } = fitOf(...rows);
    expect(used.filter((term) => term === 'mac' || term === 'byte')).toHaveLength(1);
    expect(worst).toBeCloseTo(0, 6);
  });

  it('has no arithmetic in it where power does not depend on it', () => {
    // int8 does three times the arithmetic at the same power: a term for it would foretell worse.
    const rows = [
      load(4, 20, 1, 14.2),
      load(4, 60, 1, 14),
      load(4, 3, 2, 13.9),
      load(4, 0, 9, 14.1),
    ];
    const { used, worst } = fitOf(...rows);
    expect(used).toEqual(['base']);
    expect(worst).toBeLessThan(0.05);
  });

  it('widens with what it cannot foretell', () => {
    const { within, worst } = fitOf(load(4, 3, 1, 10), load(4, 3, 1, 20));
    // Relative errors: left out, 20 W are said to be 10 W and 10 W to be 20 W.
    expect(worst).toBeCloseTo(1, 10);
    expect(within).toBeCloseTo(1, 10);
  });

  it('widens with the step of the meter and where loads were short', () => {
    const coarse = [3, 5].map((rate) => ({ ...load(4, rate, 1, 10), wattsStep: 4 }));
    expect(fitOf(...coarse).within).toBeCloseTo(0.4, 10);
    const short = { ...calibrationOf(load(4, 3, 1, 10), load(4, 5, 1, 10)), short: true };
    expect(fitsOf(short).get('wasm')?.within).toBeCloseTo(0.3, 10);
  });

  it('keeps kinds of backends apart', () => {
    const gpu = row({ backend: { kind: 'webgpu' }, wattsBusy: 45 });
    const fits = fitsOf(calibrationOf(load(4, 3, 1, 10), gpu));
    expect(fits.get('wasm')?.terms.base).toBeCloseTo(10, 10);
    // 40 W over 25 s, in 20 s of inferences.
    expect(fits.get('webgpu')?.terms.base).toBeCloseTo(50, 10);
    expect([...fitsOf(calibrationOf(gpu)).keys()]).toEqual(['webgpu']);
  });

  it('finds any law within the noise of its readings', () => {
    const share = fc.double({ min: -0.03, max: 0.03, noNaN: true });
    const laws = fc.record({
      base: fc.double({ min: 0, max: 10, noNaN: true }),
      thread: fc.double({ min: 0.5, max: 8, noNaN: true }),
      mac: fc.double({ min: 0, max: 0.2, noNaN: true }),
      byte: fc.double({ min: 0, max: 1, noNaN: true }),
      noise: fc.array(share, { minLength: 6, maxLength: 6 }),
    });
    const loads = [
      [4, 3, 1],
      [1, 1, 0.5],
      [4, 8, 0.5],
      [4, 60, 2],
      [4, 90, 1],
      [4, 0.1, 15],
    ] as const; // prettier-ignore
    fc.assert(
      fc.property(laws, ({ base, thread, mac, byte, noise }) => {
        const rows = loads.map(([threads, macs, bytes], i) =>
          load(
            threads,
            macs,
            bytes,
            (base + thread * threads + mac * macs + byte * bytes) * (1 + (noise[i] as number)),
          ),
        );
        const fit = fitOf(...rows);
        expect(Object.values(fit.terms).every((term) => term >= 0)).toBe(true);
        for (const { read, fitted } of fit.rows) {
          expect(Math.abs(fitted - read) / read).toBeLessThanOrEqual(fit.within + 1e-9);
        }
      }),
    );
  });
});

describe('what a fit foretells', () => {
  const seen = fitOf(
    law(4, 3, 1),
    law(1, 1, 0.5),
    law(4, 8, 0.5),
    law(4, 60, 2),
    law(4, 90, 1),
    law(4, 0.1, 15),
    law(1, 20, 0.4),
  );

  it('is its law within the loads’ range', () => {
    const said = foretold(seen, { threads: 2, macs: 10e9, bytes: 1e9 });
    expect(said?.watts).toBeCloseTo(2 + 6 + 1 + 0.2, 6);
    expect(said?.within).toBe(0.2);
  });

  it('is less sure far beyond the loads', () => {
    expect(foretold(seen, { threads: 4, macs: 200e9, bytes: 1e9 })?.within).toBeCloseTo(0.3, 10);
  });

  it('spans all loads for a model whose work is not known', () => {
    const said = foretold(seen, { threads: 4, macs: null, bytes: null });
    const reads = seen.rows.map(({ read }) => read);
    const { watts, within } = said as { watts: number; within: number };
    expect(watts * (1 - within)).toBeLessThanOrEqual(Math.min(...reads));
    expect(watts * (1 + within)).toBeGreaterThanOrEqual(Math.max(...reads));
  });

  it('is nothing for numbers of threads beyond those of the loads', () => {
    expect(foretold(seen, { threads: 8, macs: 1e9, bytes: 1e9 })).toBeNull();
  });
});
