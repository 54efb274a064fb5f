import type { Model } from '../../core/models/model.ts';
import type { RaceFound, RaceSettings } from '../../core/race/found.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { bench } from '../bench/bench.ts';
import { inputSettings, isSweep } from '../bench/inputs.ts';
import { type RaceState, race } from '../race/race.ts';
import { RACE_SEED } from '../race/racing.ts';
import { beginReport, type ReportWriter } from './storing.ts';

/** What the race that was just started runs on, in words. */
function settingsOf(model: Model): RaceSettings {
  const state = bench.getState();
  return {
    stop: isSweep(state) ? { kind: 'sweep' } : state.stop,
    seed: RACE_SEED,
    ...inputSettings(model),
    dimensions: state.dimensions,
  };
}

const foundBy = (settings: RaceSettings, record: RaceRecord): RaceFound => ({
  kind: 'race',
  settings,
  record,
});

/** Writes a report of every race from its begin on. */
export function storeRaces(): void {
  let kept: { readonly report: ReportWriter; readonly settings: RaceSettings } | null = null;
  race.subscribe(({ status, record }: RaceState) => {
    const going = status.state === 'running' || status.state === 'paused';
    if (going && record && !kept) {
      const settings = settingsOf(record.model);
      kept = { settings, report: beginReport(record.model, foundBy(settings, record)) };
    }
    if (!kept) return;
    const { report, settings } = kept;
    if (record) report.update(foundBy(settings, record));
    if (going || status.state === 'idle') return;
    kept = null;
    void report.end(status.state, status.state === 'failed' ? status.error : null);
  });
}
