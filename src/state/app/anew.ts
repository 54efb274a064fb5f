import { bench } from '../bench/bench.ts';
import { forgetRuns } from '../modes/modes.ts';
import { measurementLock } from '../page/measurementLock.ts';
import { race } from '../race/race.ts';
import { storing } from '../reports/storing.ts';

/** Results of one model must not stand beside another that was picked; reports keep them. */
export function clearWithModel(): void {
  bench.subscribe(({ modelId }, before) => {
    const other = before.modelId !== null && modelId !== before.modelId;
    if (!other || measurementLock.getState().taken !== null) return;
    race.setState(race.getInitialState());
    forgetRuns();
    storing.setState({ saved: {} });
  });
}
