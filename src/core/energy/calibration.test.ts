import { describe, expect, it } from 'vitest';
import {
  activeWatts,
  calibrationFile,
  deviceIdentity,
  readCalibrations,
  variantKey,
} from './calibration.ts';
import { calibrationOf, row } from './testing.ts';

const one = calibrationOf(
  row({ variant: 'digits/fp32/391000', macs: 6.9e6, bytes: 391000 }),
  row({ backend: { kind: 'webgpu' }, wattsStep: 0 }),
);

const edited = (change: (data: { calibrations: [Record<string, unknown>] }) => void): string => {
  const data = JSON.parse(calibrationFile([one]));
  change(data);
  return JSON.stringify(data);
};

describe('a file of calibrations', () => {
  it('holds all of them', () => {
    const two = { ...one, id: 'two', short: true };
    expect(readCalibrations(calibrationFile([one, two]))).toEqual([one, two]);
  });

  it.each([
    ['{', /not JSON/],
    ['[]', /not contain energy calibrations/],
    ['{"kind":"report","version":1}', /not contain energy calibrations/],
    ['{"kind":"inferometer-energy","version":2,"calibrations":[]}', /version 2.*up to 1/],
  ])('%j is refused', (text, why) => {
    expect(() => readCalibrations(text)).toThrow(why);
    expect(() => readCalibrations(text)).toThrow(
      expect.objectContaining({ name: 'CalibrationError' }),
    );
  });

  it('with watts that cannot be is refused, and says where', () => {
    const rows = (more: Partial<ReturnType<typeof row>>) =>
      edited(({ calibrations: [first] }) => {
        first['rows'] = [row(more)];
      });
    expect(() => readCalibrations(rows({ wattsIdle: -1 }))).toThrow(
      /damaged at calibrations\.0\.rows\.0\.wattsIdle/,
    );
    expect(() => readCalibrations(rows({ wattsBusy: 5 }))).toThrow(/exceed idle/);
    expect(() => readCalibrations(rows({ inferences: 0 }))).toThrow(/inferences/);
    const empty = edited(({ calibrations: [first] }) => {
      first['rows'] = [];
    });
    expect(() => readCalibrations(empty)).toThrow(/rows/);
  });
});

it('power while inferences run is more than power over the gaps too', () => {
  expect(activeWatts(row())).toBeCloseTo(12.5, 12);
  // Clocks of workers differ a little: never less than was read.
  expect(activeWatts(row({ busySeconds: 26 }))).toBe(10);
});

describe('a device', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0';

  it('stays itself when its browser is updated', () => {
    const later = agent.replace('156', '157');
    expect(deviceIdentity(later, 'gpu', 4)).toBe(deviceIdentity(agent, 'gpu', 4));
    const firefox = (version: number) =>
      deviceIdentity(`Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko`, 'gpu', 4);
    expect(firefox(153)).toBe(firefox(160));
  });

  it('is another one with another system, GPU or number of cores', () => {
    const all = [
      deviceIdentity(agent, 'gpu', 4),
      deviceIdentity(agent.replace('X11', 'Wayland'), 'gpu', 4),
      deviceIdentity(agent, 'other', 4),
      deviceIdentity(agent, 'gpu', 8),
    ];
    expect(new Set(all).size).toBe(4);
  });
});

it('variants of different models do not share a key', () => {
  const fp32 = { id: 'fp32', bytes: 10 };
  expect(variantKey({ id: 'a' }, fp32)).not.toBe(variantKey({ id: 'b' }, fp32));
  expect(variantKey({ id: 'a' }, fp32)).not.toBe(variantKey({ id: 'a' }, { ...fp32, bytes: 11 }));
});
