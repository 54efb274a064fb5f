/** A page with the bench open on the zoo's first model, digits, on a laptop without a GPU. */
import { deviceFacts } from '../../engine/device/testing.ts';
import type { LaneScript } from '../../engine/worker/workers.testing.ts';
import { type BrowserProfile, type FakePage, openPage } from '../page/page.testing.ts';

/** Does something, once, as a lane begins with its turn of this number. */
export function atTurn(turn: number, act: () => void | Promise<void>): Pick<LaneScript, 'before'> {
  let done = false;
  return {
    before: async ({ kind, turns }) => {
      if (done || kind !== 'turn' || turns !== turn) return;
      done = true;
      await act();
    },
  };
}

/** The page's own modules, as of this opening of it. */
export async function openBench(
  profile?: BrowserProfile,
  prepare: (page: FakePage) => void = () => {},
) {
  const page = openPage(profile);
  prepare(page);
  await import('../../modes/registered.testing.ts');
  await import('../../tasks/registered.testing.ts');
  const { device } = await import('../device/device.ts');
  const gpu = { state: 'missing', why: 'This browser does not support WebGPU.' } as const;
  device.setState({ facts: deviceFacts({ gpu, timerStep: 0.005 }) });
  const { startStoring } = await import('../reports/recovering.ts');
  const { clearWithModel } = await import('../app/anew.ts');
  const { followSelection, inputSelected } = await import('./inputs.ts');
  const { loadCatalogue } = await import('../app/start.ts');
  startStoring();
  clearWithModel();
  followSelection();
  await loadCatalogue();
  const { bench } = await import('./bench.ts');
  const { modelId } = bench.getState();
  if (modelId !== null) await inputSelected(modelId);
  const { race } = await import('../race/race.ts');
  const { storing } = await import('../reports/storing.ts');
  const { startRace, stopRace } = await import('../race/run.ts');
  const { reports } = await import('../reports/reports.ts');
  const { readHistory, openReport } = await import('../reports/history.ts');
  return {
    page,
    bench,
    race,
    storing,
    reports,
    startRace,
    stopRace,
    /** What a lane of the latest race came to. */
    lane: (id: string) => race.getState().record?.lanes.find(({ lane }) => lane.id === id),
    raceFor: (rounds: number) => bench.setState({ stop: { kind: 'rounds', rounds } }),
    /** All reports as they are stored, whole. */
    stored: async () => {
      await readHistory();
      for (const { id } of reports.getState().list ?? []) await openReport(id);
      const { list, open } = reports.getState();
      // One that was dropped meanwhile is listed and cannot be opened.
      return (list ?? []).flatMap(({ id }) => open.get(id) ?? []);
    },
  };
}
