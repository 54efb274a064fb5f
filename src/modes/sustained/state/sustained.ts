import { spell } from '../../../core/format.ts';
import { onPressure, pressureNow, watchPressure } from '../../../engine/device/pressure.ts';
import type { LaneMode, LaneTask } from '../../../state/modes/laneMode.ts';
import { raceLanes } from '../../../state/race/racing.ts';
import type { SustainedFound } from '../core/found.ts';
import type { SustainedSettings } from '../core/record.ts';
import { SustainedRecorder } from '../core/recorder.ts';
import { settingsFault } from '../core/settings.ts';
import { options, type SustainedOptions } from './options.ts';

/** Drawing interrupts what must not be interrupted, so it is rare. */
const DRAW_MS = 2000;

const settingsOf = (options: SustainedOptions): SustainedSettings => ({ ...options, seed: 1 });

export const sustained: LaneMode<SustainedOptions, SustainedFound> = {
  kind: 'sustained',
  options,
  taken: 'A sustained run is in progress.',
  fault: settingsFault,
  says: ({ seconds }, fault) =>
    fault === null ? `Run for ${spell(1000 * seconds)}` : 'Run without a pause',
  empty: (lane, set) => ({
    kind: 'sustained',
    settings: settingsOf(set),
    record: new SustainedRecorder(lane).snapshot(true),
  }),
  run: (set, task) => runSustained(settingsOf(set), task),
};

/**
 * Runs one lane for as long as set, in turns that follow right upon each other.
 * @throws the signal's reason on abort; a lane that dies is told in the record
 */
async function runSustained(
  settings: SustainedSettings,
  { lane, feeds, signal, tell, progress, hidden }: LaneTask<SustainedFound>,
): Promise<void> {
  const recorder = new SustainedRecorder(lane);
  const flush = (whole: boolean) =>
    tell({ kind: 'sustained', settings, record: recorder.snapshot(whole) });
  let drawn = 0;
  let began = 0;
  const press = (state: Parameters<typeof recorder.press>[1] | null) => {
    if (began > 0 && state) recorder.press(performance.now() - began, state);
  };
  watchPressure();
  const stopPressure = onPressure(press);
  try {
    await raceLanes([lane], {
      feeds,
      checks: null,
      checkMs: 0,
      stop: { kind: 'seconds', seconds: settings.seconds },
      seed: settings.seed,
      signal,
      hidden,
      beforeRound: () => {
        if (performance.now() - drawn < DRAW_MS) return;
        drawn = performance.now();
        const spent = began === 0 ? 0 : (drawn - began) / 1000;
        progress('Running without a pause', Math.min(1, spent / settings.seconds));
        flush(false);
      },
      emit: (event) => {
        recorder.apply(event);
        if (event.kind !== 'phase' || event.phase !== 'rounds') return;
        began = performance.now();
        press(pressureNow());
      },
    });
  } finally {
    stopPressure();
    flush(true);
  }
}
