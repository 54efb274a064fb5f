import { beforeEach, describe, expect, it, vi } from 'vitest';
import { calibrationFile } from '../../core/energy/calibration.ts';
import { FOOTPRINT_DEFAULTS } from '../../core/energy/footprint.ts';
import { calibrationOf, row } from '../../core/energy/testing.ts';
import { digitModel, laneRecord, raceRecord, times, variant } from '../../core/race/testing.ts';
import { deviceFacts } from '../../engine/device/testing.ts';
import { device } from '../device/device.ts';
import {
  addCalibration,
  chooseCalibration,
  discardCalibration,
  importCalibrations,
  recallCalibrations,
  restoreDiscarded,
  setFootprint,
  thisDevice,
} from './calibrations.ts';
import { energy } from './energy.ts';
import { busyTyped, changesOf, draftOf, energyLoads, idleTyped } from './energyDraft.ts';
import { FRESH, type Ran } from './energyWizard.ts';

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Test' });
  device.setState({ facts: deviceFacts(), pickedClass: null, calibration: null });
  recallCalibrations();
});

const here = () => ({ ...calibrationOf(row()), device: thisDevice() as string });
const inUse = () => device.getState().calibration?.id ?? null;

/** As after a reload of the page. */
function reload(): void {
  energy.setState({ kept: [], chosen: null, footprint: FOOTPRINT_DEFAULTS });
  device.setState({ facts: null, calibration: null });
  recallCalibrations();
}

describe('kept calibrations', () => {
  it('are used at once, and again after a reload, as soon as the device is known', () => {
    addCalibration(here());
    expect(inUse()).toBe('one');
    reload();
    expect(inUse()).toBeNull();
    device.setState({ facts: deviceFacts() });
    expect(inUse()).toBe('one');
  });

  it('are not used on another device, unless the user says so there', () => {
    addCalibration(here());
    device.setState({ facts: deviceFacts({ cores: 64 }) });
    expect(inUse()).toBeNull();
    chooseCalibration('one');
    expect(inUse()).toBe('one');
  });

  it('can be put aside, discarded and brought back', () => {
    addCalibration(here());
    chooseCalibration(null);
    expect(inUse()).toBeNull();
    chooseCalibration('one');
    discardCalibration('one');
    expect([inUse(), energy.getState().kept.length]).toEqual([null, 0]);
    restoreDiscarded();
    expect([inUse(), energy.getState().kept.length]).toEqual(['one', 1]);
    expect(energy.getState().discarded).toBeNull();
  });

  it('of another device come in with a file, but are not used by themselves', async () => {
    await importCalibrations(new Blob([calibrationFile([calibrationOf(row())])]));
    expect([inUse(), energy.getState().kept.length]).toEqual([null, 1]);
    await importCalibrations(new Blob([calibrationFile([{ ...here(), id: 'own' }])]));
    expect([inUse(), energy.getState().kept.length]).toEqual(['own', 2]);
    // Once more changes nothing.
    await importCalibrations(new Blob([calibrationFile([calibrationOf(row())])]));
    expect(energy.getState().kept).toHaveLength(2);
  });

  it('that cannot be read are refused, and nothing is lost', async () => {
    addCalibration(here());
    await importCalibrations(new Blob(['{}']));
    expect(energy.getState().refusal?.message).toMatch(/not contain energy calibrations/);
    expect(inUse()).toBe('one');
  });

  it('of a damaged store are not shown', () => {
    stored.set('inferometer-energy-1', '{"kept":[{"id":"x"}],"chosen":null}');
    reload();
    expect(energy.getState().kept).toEqual([]);
  });

  it('go with settings of their own, which are kept too', () => {
    setFootprint({ grid: 'SE', pricePerKwh: 0.2 });
    reload();
    expect(energy.getState().footprint).toEqual({
      ...FOOTPRINT_DEFAULTS,
      grid: 'SE',
      pricePerKwh: 0.2,
    });
  });
});

const ran: Ran = {
  wallSeconds: 30,
  busySeconds: 27,
  inferences: 900,
  spoiled: null,
  slope: null,
};

describe('what is read', () => {
  const digits = { ...digitModel(variant('fp32'), variant('int8')), macs: 7e6 };
  const bench = { models: [digits], modelId: 'digits' } as unknown as Parameters<
    typeof energyLoads
  >[0];
  const loads = () => energyLoads(bench, device.getState());
  const draft = (
    idle: string,
    watts: Readonly<Record<string, string>>,
    done: Readonly<Record<string, Ran>>,
    seconds = 30,
  ) =>
    draftOf('plug', seconds, { ...FRESH.typed, idle, loads: watts }, null, done, loads(), 'here');

  it('makes a row of every load that ran whole and was read', () => {
    const [a, b, c, d] = loads().map(({ id }) => id) as [string, string, string, string];
    const spoiled = { ...ran, spoiled: 'The tab was hidden.' };
    const made = draft(
      '6',
      { [a]: '15,5', [b]: '5', [c]: '14', [d]: '14' },
      { [a]: ran, [b]: ran, [c]: spoiled },
    );
    expect(made?.rows).toEqual([
      {
        load: 'Digits fp32',
        variant: 'digits/fp32/1000',
        backend: { kind: 'wasm', threads: deviceFacts().threads },
        wallSeconds: 30,
        busySeconds: 27,
        inferences: 900,
        macs: 7e6,
        bytes: 1000,
        wattsIdle: 6,
        wattsBusy: 15.5,
        wattsStep: 0.1,
      },
    ]);
    expect(made?.short).toBe(false);
    expect(draft('6', { [a]: '15' }, { [a]: ran }, 5)?.short).toBe(true);
  });

  it('is nothing without idle watts, or with watts that cannot be', () => {
    const [a] = loads().map(({ id }) => id) as [string];
    expect(draft('', { [a]: '15' }, { [a]: ran })).toBeNull();
    expect(draft('-5', { [a]: '15' }, { [a]: ran })).toBeNull();
    for (const wrong of ['0', '-5', '99999', '6', 'x']) {
      expect(draft('6', { [a]: wrong }, { [a]: ran }), wrong).toBeNull();
    }
  });

  it('reads a battery by itself, and says so where it tells nothing', () => {
    const slope = { watts: 8, step: 1 };
    const state = { typed: FRESH.typed, idle: { ...ran, slope }, ran: { a: { ...ran, slope } } };
    expect(idleTyped(state)).toEqual({ state: 'good', value: 8 });
    expect(busyTyped(state, 'a')).toMatchObject({
      state: 'wrong',
      why: expect.stringMatching(/no faster than on the idle device/),
    });
  });

  it('is shown beside what the last race said before', () => {
    const lanes = [laneRecord('fp32/wasm*', times(40, 10)), laneRecord('fp16/wasm', times(40, 10))];
    const record = raceRecord(lanes, digits);
    const made = {
      ...calibrationOf(row({ variant: 'digits/fp32/1000' })),
      device: thisDevice() as string,
    };
    const [own, other] = changesOf(record, device.getState(), made);
    expect([own?.before.tier, own?.after.tier]).toEqual(['class', 'measured']);
    expect(other?.after.tier).toBe('calibrated');
    expect(changesOf(record, device.getState(), null)).toEqual([]);
  });
});
