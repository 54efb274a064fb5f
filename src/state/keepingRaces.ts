import type { RaceSettings } from '../core/report/report.ts';
import { ALL_IMAGES } from './again.ts';
import { bench } from './bench.ts';
import { beginReport, type KeptReport } from './keeping.ts';
import { type RaceState, race } from './race.ts';
import { RACE_SEED } from './racing.ts';
import { selectedModel } from './selectors.ts';

/** What the race that was just started runs on, in words. */
function settingsNow(): RaceSettings {
  const state = bench.getState();
  const { digit, dimensions, stop } = state;
  const model = selectedModel(state);
  const settings = { stop, seed: RACE_SEED, dimensions };
  if (model?.task.kind !== 'digit') {
    return { ...settings, input: `random numbers, seed ${model?.task.seed ?? 0}` };
  }
  switch (digit.kind) {
    case 'sample':
      return { ...settings, input: `test image ${digit.index + 1}` };
    case 'drawn':
      return { ...settings, input: 'a drawing' };
    case 'sweep':
      return { ...settings, stop: { kind: 'sweep' }, input: ALL_IMAGES };
    default:
      return digit satisfies never;
  }
}

/** Writes a report of every race from its begin on. */
export function keepRaces(): void {
  let kept: { readonly report: KeptReport; readonly settings: RaceSettings } | null = null;
  race.subscribe(({ status, record }: RaceState) => {
    const going = status.state === 'running' || status.state === 'paused';
    if (going && record && !kept) {
      const settings = settingsNow();
      kept = { settings, report: beginReport(record.model, { kind: 'race', settings, record }) };
    }
    if (!kept) return;
    const { report, settings } = kept;
    if (record) report.update({ kind: 'race', settings, record });
    if (going || status.state === 'idle') return;
    kept = null;
    void report.end(status.state, status.state === 'failed' ? status.error : null);
  });
}
