import { afterEach, describe, expect, test } from 'vitest';
import { pass } from '../../engine/worker/workers.testing.ts';
import { atTurn, openBench } from '../bench/bench.testing.ts';
import { BrowserProfile, closePage, until } from '../page/page.testing.ts';

afterEach(closePage);

/** The page of energy; its first load is digits fp32. */
async function openEnergy(profile = new BrowserProfile()) {
  const bench = await openBench(profile);
  const calibrating = await import('./energyCalibrating.ts');
  const { wizard } = await import('./energyWizard.ts');
  const { energyLoads } = await import('./energyDraft.ts');
  const kept = await import('./calibrations.ts');
  const { energy } = await import('./energy.ts');
  const { device } = await import('../device/device.ts');
  kept.recallCalibrations();
  calibrating.setSeconds(5);
  const loads = energyLoads(bench.bench.getState(), device.getState());
  const load = (title: string) => {
    const found = loads.find((each) => each.title.startsWith(title));
    if (!found) throw new Error(`There is no load ${title}.`);
    return found;
  };
  return { ...bench, ...calibrating, ...kept, wizard, load, energy, device };
}

describe('a load under the meter', () => {
  test('runs for as long as set and counts what it did', async () => {
    const { runLoad, wizard, load, page } = await openEnergy();
    const digits = load('Digits fp32');
    const seen = new Set<string>();
    wizard.subscribe(({ run }) => seen.add(run.state));
    await runLoad(digits);
    expect([...seen]).toEqual(['starting', 'running', 'none']);
    const ran = wizard.getState().ran[digits.id];
    expect(ran).toMatchObject({ spoiled: null, slope: null });
    expect(ran?.wallSeconds).toBeGreaterThan(4.9);
    // Its lane takes 5 ms for each.
    expect(ran?.busySeconds).toBeCloseTo((ran?.inferences ?? 0) * 0.005, 6);
    expect(page.workers.running).toEqual([]);
  });

  test('is spoiled by a hidden tab', async () => {
    const { runLoad, wizard, load, page } = await openEnergy();
    const digits = load('Digits fp32');
    page.workers.lanes = {
      [digits.lane.id]: atTurn(9, () => {
        page.hide(true);
        setTimeout(() => page.hide(false), 0);
      }),
    };
    await runLoad(digits);
    expect(wizard.getState().ran[digits.id]?.spoiled).toContain('The tab was hidden');
  });

  test('that dies says why and leaves nothing; one that is stopped says nothing', async () => {
    const { runLoad, stopCalibrating, wizard, load, page } = await openEnergy();
    const digits = load('Digits fp32');
    page.workers.lanes = {
      [digits.lane.id]: atTurn(9, () => page.workers.named(digits.lane.id)?.crash()),
    };
    await runLoad(digits);
    expect(wizard.getState().run).toMatchObject({
      state: 'failed',
      id: digits.id,
      error: { name: 'LaneDiedError' },
    });
    page.workers.lanes = { [digits.lane.id]: atTurn(9, stopCalibrating) };
    await runLoad(digits);
    expect(wizard.getState()).toMatchObject({ run: { state: 'none' }, ran: {} });
  });
});

test('the idle device is watched for as long, and a hidden tab spoils that, too', async () => {
  const { watchIdle, wizard, page } = await openEnergy();
  const watch = async (meanwhile: () => void = () => {}) => {
    const watched = watchIdle();
    await until(() => wizard.getState().run.state === 'starting');
    pass(250);
    await until(() => wizard.getState().run.state === 'running');
    meanwhile();
    pass(5000);
    await watched;
    return wizard.getState().idle;
  };
  expect(await watch()).toMatchObject({ inferences: 0, spoiled: null });
  expect(await watch(() => page.hide(true))).toMatchObject({
    spoiled: expect.stringContaining('The tab was hidden'),
  });
});

describe('watts that were read', () => {
  /** Typed for the idle device and for one load that ran. */
  async function calibrated(profile?: BrowserProfile) {
    const opened = await openEnergy(profile);
    const { runLoad, load, typeReading, typeLoad, saveDraft } = opened;
    const digits = load('Digits fp32');
    typeReading({ idle: '6,1' });
    typeLoad(digits.id, '16.1');
    await runLoad(digits);
    saveDraft();
    return opened;
  }

  test('turn the energy of every race from a guess into a measurement', async () => {
    const { device, raceFor, startRace, race, energy } = await calibrated();
    const { raceFigures } = await import('../bench/selectors.ts');
    expect(energy.getState().kept).toHaveLength(1);
    raceFor(30);
    await startRace();
    const [fp32, int8] = raceFigures(race.getState().record, device.getState());
    expect([fp32?.energy?.tier, int8?.energy?.tier]).toEqual(['measured', 'calibrated']);
    // 5 ms at 10 W above idle.
    const { low = 0, high = 0 } = fp32?.energy?.marginal ?? {};
    expect(low).toBeLessThan(0.05);
    expect(high).toBeGreaterThan(0.05);
    expect(high / low).toBeLessThan(1.5);
    device.setState({ calibration: null });
    const [guess] = raceFigures(race.getState().record, device.getState());
    expect(guess?.energy?.tier).not.toBe('measured');
  });

  test('are kept for the next visit, can be discarded and had back, exported and imported', async () => {
    const profile = new BrowserProfile();
    await calibrated(profile);
    const {
      energy,
      device,
      discardCalibration,
      restoreDiscarded,
      importCalibrations,
      chooseCalibration,
    } = await openEnergy(profile);
    const [kept] = energy.getState().kept;
    if (!kept) throw new Error('None was kept.');
    expect(device.getState().calibration).toEqual(kept);
    expect(kept.rows).toMatchObject([{ load: 'Digits fp32', wattsIdle: 6.1, wattsBusy: 16.1 }]);
    discardCalibration(kept.id);
    expect(device.getState().calibration).toBeNull();
    restoreDiscarded();
    expect(device.getState().calibration).toEqual(kept);
    chooseCalibration(null);
    expect(device.getState().calibration).toBeNull();
    const { calibrationFile } = await import('../../core/energy/calibration.ts');
    const text = calibrationFile([kept]);
    discardCalibration(kept.id);
    await importCalibrations(new Blob([text.replace('"version": 1', '"version": 9')]));
    expect(energy.getState().refusal?.message).toMatch(/version 9.*up to 1/);
    await importCalibrations(new Blob([text]));
    expect(energy.getState()).toMatchObject({ kept: [kept], refusal: null });
    expect(device.getState().calibration).toEqual(kept);
  });

  test('are used up: the wizard begins anew, with the same meter', async () => {
    const { wizard } = await calibrated();
    expect(wizard.getState()).toMatchObject({ meter: 'plug', seconds: 5, idle: null, ran: {} });
  });
});
