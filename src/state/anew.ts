import { bench } from './bench.ts';
import { cores } from './cores.ts';
import { keeping } from './keeping.ts';
import { forgetRuns } from './modes.ts';
import { race } from './race.ts';

/** Results of one model must not stand beside another that was picked; reports keep them. */
export function clearWithModel(): void {
  bench.subscribe(({ modelId }, before) => {
    const other = before.modelId !== null && modelId !== before.modelId;
    if (!other || cores.getState().taken !== null) return;
    race.setState(race.getInitialState());
    forgetRuns();
    keeping.setState({ saved: null });
  });
}
