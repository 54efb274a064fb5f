import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalibrationRow } from './calibration.ts';
import { estimateEnergy } from './estimate.ts';
import { calibrationOf, row } from './testing.ts';
import { energyDetail, tierSentence } from './words.ts';
import type { EnergyBasis, EnergyWork } from './work.ts';

const wasm = (threads: number) => ({ kind: 'wasm', threads }) as const;
const gpu = { kind: 'webgpu' } as const;

const work = (more: Partial<EnergyWork> = {}): EnergyWork => ({
  ms: 10,
  macs: null,
  bytes: null,
  precision: 'fp32',
  backend: wasm(4),
  variant: 'digits/fp32/1000',
  ...more,
});

const basis = (more: Partial<EnergyBasis> = {}): EnergyBasis => ({
  device: 'laptop',
  cores: 8,
  softwareGpu: false,
  calibration: null,
  ...more,
});

/** Half of the interval as a share of its middle. */
const doubt = ({ low, high }: { low: number; high: number }) => (high - low) / (high + low);

describe('the power of a class', () => {
  it.each([
    [wasm(1), 'laptop', 4],
    [wasm(4), 'laptop', 16],
    // At most what the chip sheds.
    [wasm(8), 'laptop', 20],
    [wasm(8), 'phone', 4],
    [gpu, 'desktop', 75],
  ] as const)('of %o on a %s is %d W', (backend, device, watts) => {
    expect(estimateEnergy(work({ backend }), basis({ device })).watts).toBe(watts);
  });

  it('of a software adapter is the CPU’s', () => {
    const here = basis({ softwareGpu: true, cores: 2 });
    expect(estimateEnergy(work({ backend: gpu }), here).watts).toBe(8);
  });
});

describe('an estimate', () => {
  it('is time times power within a factor of 2 for a known class', () => {
    // 10 ms at 16 W is 0.16 J; with 6 W idle 0.22 J.
    const { marginal, total, tier, method } = estimateEnergy(work(), basis());
    expect([tier, method]).toEqual(['class', 2]);
    expect(marginal.low).toBeCloseTo(0.08, 12);
    expect(marginal.high).toBeCloseTo(0.32, 12);
    expect(total.low).toBeCloseTo(0.11, 12);
    expect(total.high).toBeCloseTo(0.44, 12);
  });

  it('is within a factor of 3 for an unknown one, and both say that no meter was read', () => {
    const unknown = estimateEnergy(work({ ms: 3, backend: wasm(2) }), basis({ device: 'unknown' }));
    expect(unknown.marginal.low).toBeCloseTo(0.008, 12);
    expect(unknown.marginal.high).toBeCloseTo(0.072, 12);
    for (const each of [unknown, estimateEnergy(work(), basis())]) {
      expect(tierSentence(each)).toMatch(/Estimate.*factor of [23] .*No meter was read/);
    }
  });

  it('takes the watts read with this very variant: ± meter and step', () => {
    // 10 W above 5 W idle, in 20 of 25 s: 12.5 W while it ran. Steps of 0.1 W: 1%, and 5% of the
    // meter: 5.1%.
    const rows = [row({ variant: 'digits/fp32/1000', wattsIdle: 5, wattsBusy: 15 })];
    const found = estimateEnergy(work(), basis({ calibration: calibrationOf(...rows) }));
    expect(found.tier).toBe('measured');
    expect(found.watts).toBeCloseTo(12.5, 12);
    expect(found.marginal.low).toBeCloseTo(0.125 * (1 - Math.hypot(0.05, 0.01)), 12);
    expect(found.marginal.high).toBeCloseTo(0.125 * (1 + Math.hypot(0.05, 0.01)), 12);
    // Idle is known to 5%: 0.25 W.
    expect(found.total.low).toBeCloseTo(found.marginal.low + 0.0475, 12);
    expect(found.total.high).toBeCloseTo(found.marginal.high + 0.0525, 12);
    expect(tierSentence(found)).toMatch(/^Measured, ±5%/);
  });

  it('is calibrated for another variant, and for the same one of another size or backend', () => {
    const rows = [row({ variant: 'digits/fp32/1000' })];
    const calibration = calibrationOf(...rows);
    const tierOf = (more: Partial<EnergyWork>) =>
      estimateEnergy(work(more), basis({ calibration })).tier;
    expect(tierOf({ variant: 'digits/int8/300' })).toBe('calibrated');
    expect(tierOf({ variant: 'digits/fp32/999' })).toBe('calibrated');
    // No load ran with one thread, and none on the GPU.
    expect(tierOf({ backend: wasm(1) })).toBe('class');
    expect(tierOf({ backend: gpu })).toBe('class');
  });

  it('widens with a coarse meter, with readings that differ and with short loads', () => {
    const own = (short: boolean, ...rows: readonly CalibrationRow[]) => {
      const calibration = { ...calibrationOf(...rows), short };
      return doubt(estimateEnergy(work(), basis({ calibration })).marginal);
    };
    const one = row({ variant: work().variant });
    expect(own(false, { ...one, wattsStep: 1 })).toBeCloseTo(Math.hypot(0.05, 0.1), 12);
    expect(own(true, one)).toBeCloseTo(2 * own(false, one), 12);
    // 10 and 12 W above idle: half of the spread is 1/11.
    const two = own(false, { ...one, wattsStep: 0 }, { ...one, wattsStep: 0, wattsBusy: 17 });
    expect(two).toBeCloseTo(Math.hypot(0.05, 1 / 11), 12);
  });

  it('never says more than is known of a meter that shows next to nothing', () => {
    const calibration = calibrationOf(row({ variant: work().variant, wattsStep: 50 }));
    const { marginal } = estimateEnergy(work(), basis({ calibration }));
    expect(marginal.low).toBeCloseTo(0.0125, 12);
    expect(marginal.high).toBeGreaterThan(0.125 * 5);
  });

  it('narrows from tier to tier', () => {
    const seen = calibrationOf(
      row({ load: 'a', variant: 'a' }),
      row({ load: 'b', variant: 'b', wattsBusy: 14.5 }),
    );
    const own = calibrationOf(row({ variant: work().variant }));
    const doubts = [
      basis({ device: 'unknown' }),
      basis(),
      basis({ calibration: seen }),
      basis({ calibration: own }),
    ].map((each) => estimateEnergy(work(), each));
    expect(doubts.map(({ tier }) => tier)).toEqual(['unknown', 'class', 'calibrated', 'measured']);
    const widths = doubts.map(({ marginal }) => doubt(marginal));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(new Set(widths).size).toBe(4);
  });

  it('is an interval around more than nothing, total above marginal, whatever was read', () => {
    const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    const rows = fc.array(
      fc.record({
        variant: fc.constantFrom('own', null),
        backend: fc.constantFrom(wasm(1), wasm(4), gpu),
        wallSeconds: positive,
        busySeconds: positive,
        inferences: fc.integer({ min: 1, max: 1e6 }),
        macs: fc.option(fc.double({ min: 0, max: 1e11, noNaN: true })),
        bytes: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
        wattsIdle: positive,
        above: positive,
        wattsStep: fc.double({ min: 0, max: 5, noNaN: true }),
      }),
      { minLength: 1, maxLength: 7 },
    );
    const works = fc.record({
      ms: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
      macs: fc.option(fc.double({ min: 0, max: 1e11, noNaN: true })),
      bytes: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
      backend: fc.constantFrom(wasm(1), wasm(2), wasm(4), gpu),
      variant: fc.constantFrom('own', 'other'),
    });
    fc.assert(
      fc.property(rows, works, fc.boolean(), (read, what, short) => {
        const seen = read.map(({ above, ...each }) =>
          row({ ...each, wattsBusy: each.wattsIdle + above }),
        );
        const calibration = { ...calibrationOf(...seen), short };
        const { marginal, total } = estimateEnergy(work(what), basis({ calibration }));
        expect(marginal.low).toBeGreaterThan(0);
        expect(marginal.high).toBeGreaterThan(marginal.low);
        expect(marginal.high).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(total.low).toBeGreaterThanOrEqual(marginal.low);
        expect(total.high).toBeGreaterThan(marginal.high);
      }),
    );
  });
});

describe('the floor', () => {
  it('of MobileNetV2, 0.3 GMAC in float32 at 7 nm, is about 0.5 mJ without its memory', () => {
    const { floor } = estimateEnergy(work({ macs: 0.3e9, bytes: 0 }), basis());
    expect(floor?.low).toBeCloseTo(0.507e-3, 6);
    expect(floor?.high).toBeCloseTo(1.38e-3, 6);
  });

  it('adds 30 to 163 pJ for every byte', () => {
    const { floor } = estimateEnergy(work({ macs: 0, bytes: 1e6 }), basis());
    expect(floor?.low).toBeCloseTo(30e-6, 12);
    expect(floor?.high).toBeCloseTo(163e-6, 12);
  });

  it('of int8 is some twenty times lower than that of fp32', () => {
    const of = (precision: 'int8' | 'fp32') =>
      estimateEnergy(work({ macs: 1e9, bytes: 0, precision }), basis()).floor?.high as number;
    expect(of('fp32') / of('int8')).toBeCloseTo(20, 12);
  });

  it('is float32’s where WASM computes float16 as that, and float16’s on a GPU', () => {
    const of = (precision: 'fp16' | 'fp32', backend: EnergyWork['backend']) =>
      estimateEnergy(work({ macs: 1e9, bytes: 0, precision, backend }), basis()).floor;
    expect(of('fp16', wasm(1))).toEqual(of('fp32', wasm(1)));
    expect(of('fp16', gpu)?.low).toBeCloseTo(0.5e-3, 12);
  });

  it('is not estimated, and not 0, where the work is not known', () => {
    for (const more of [
      { macs: null, bytes: 1 },
      { macs: 1, bytes: null },
      { macs: 1, bytes: 1, precision: 'unknown' },
    ] as const) {
      const found = estimateEnergy(work(more), basis());
      expect(found.floor).toBeNull();
      expect(energyDetail(found)).toContain('not estimated');
    }
  });

  it('is told with how many times it lies below the estimate', () => {
    // 0.16 J against the middle of 1.69 and 4.6 mJ, 2.79 mJ: 57 times.
    const found = estimateEnergy(work({ macs: 1e9, bytes: 0 }), basis());
    expect(energyDetail(found)).toContain('60 times less');
  });
});
