import type { Conditions } from '../../core/conditions/conditions.ts';
import { unreachable } from '../../core/errors.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { SelfTest } from '../../core/selftest/selftest.ts';
import { verdictsOf } from '../../core/verdict/rules.ts';
import type { Inside, Remedy, Verdict } from '../../core/verdict/verdict.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { bench } from '../bench/bench.ts';
import { setStop, toggleLane } from '../bench/choices.ts';
import { laneChoices } from '../bench/selectors.ts';
import { device } from '../device/device.ts';
import { memoLast } from '../page/memo.ts';
import { lookInside } from './lookInside.ts';
import { startRace } from './run.ts';

const NO_INSIDES: ReadonlyMap<string, Inside> = new Map();

/** What is to be said of a race on this device; the worst first. */
export const raceVerdicts = memoLast(
  (
    record: RaceRecord,
    figures: readonly LaneFigures[],
    facts: DeviceFacts | null,
    selfTest: SelfTest | null = null,
    insides: ReadonlyMap<string, Inside> = NO_INSIDES,
    conditions: Conditions | null = null,
  ): readonly Verdict[] =>
    verdictsOf({
      record,
      figures,
      device: {
        isolated: facts?.isolated ?? false,
        cores: facts?.cores ?? 1,
        softwareGpu: facts?.gpu.state === 'software',
        timerStep: facts?.timerStep ?? 1,
      },
      selfTest,
      insides,
      conditions,
    }),
);

/** Does what a verdict advises, where it is more than opening a page. */
export function tryRemedy(remedy: Exclude<Remedy, { kind: 'open' }>): void {
  switch (remedy.kind) {
    case 'look-inside':
      void lookInside(remedy.lane);
      return;
    case 'race-longer':
      setStop({ kind: 'seconds', seconds: remedy.seconds });
      break;
    case 'race-with': {
      const choices = laneChoices(bench.getState(), device.getState());
      if (choices.some(({ lane, chosen }) => lane.id === remedy.lane && !chosen)) {
        toggleLane(remedy.lane);
      }
      break;
    }
    default:
      unreachable(remedy);
  }
  void startRace();
}
